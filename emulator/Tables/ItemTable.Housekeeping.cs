namespace DataToEvents.Emulator.Tables;

public sealed partial class ItemTable
{
    private const int ExpiredAtOnce = 100;
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);

    /// <summary>Housekeeping until cancelled: deletes expired items and trims the stream.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(SweepInterval, _time, cancellationToken);
                await ExpireAsync();
                await TrimAsync();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    /// <summary>Deletes the items whose time to live is over, as the service that the stream then names.</summary>
    /// <returns>How many.</returns>
    public async Task<int> ExpireAsync()
    {
        var total = 0;
        for (var deleted = ExpiredAtOnce; deleted == ExpiredAtOnce; total += deleted)
        {
            var now = NowMs;
            var seconds = now / 1000;
            var changes = new List<ChangeRecord>();
            await _database.InTransactionAsync(
                connection =>
                {
                    changes.Clear();
                    var oldest = seconds - (long)TableLimits.OldestTimeToLive.TotalSeconds;
                    foreach (var item in _journal.Expired(connection, oldest, seconds, ExpiredAtOnce))
                    {
                        Remove(connection, item, DeleteReason.TimeToLive, now, changes);
                    }
                },
                () => Committed(changes, 0));
            deleted = changes.Count;
        }

        return total;
    }

    /// <summary>
    /// Forgets changes older than 24 hours that every reader is done with. DynamoDB forgets them in any case; but a machine
    /// that was switched off over night is no reader that was too slow.
    /// </summary>
    public Task TrimAsync()
    {
        var time = NowMs - (long)TableLimits.StreamRetention.TotalMilliseconds;
        long done;
        lock (_readers)
        {
            done = _readers.Count == 0 ? long.MaxValue : _readers.Min(reader => reader());
        }

        return _database.InTransactionAsync(
            connection =>
            {
                var horizon = Math.Max(Log.Horizon, Math.Min(done, _journal.LastBefore(connection, Log.Horizon, time)));
                _journal.Trim(connection, horizon);
                return horizon;
            },
            Log.Trimmed);
    }
}
