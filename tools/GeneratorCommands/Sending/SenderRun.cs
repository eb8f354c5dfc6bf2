namespace DataToEvents.Generator.Sending;

/// <summary>The parts that a run works with.</summary>
internal sealed record SenderParts(IRecordSink Sink, IRecordSource Source, Expectations Expectations, SendTotals Totals, TimeProvider Time);

/// <summary>The state of one run. Only the calls run side by side; all else happens in one place at a time.</summary>
internal sealed class SenderRun(SenderParts sender, Settlement settlement, SendPlan plan, CancellationToken abort)
{
    /// <summary>Full calls that are kept ready for each call in flight: records that must wait then leave no call empty.</summary>
    private const int ReadyCalls = 4;

    private const long MaxReadyBytes = 64 * 1024 * 1024;

    private readonly SendSchedule _schedule = new(plan, sender.Time);
    private readonly SendBacklog _backlog = new(sender.Sink.Limits, plan.StrictOrder);
    private readonly List<Task<Flight>> _flights = [];
    private readonly int _maxReady = sender.Sink.Limits.MaxRecords * ReadyCalls * (plan.Concurrency + 1);
    private long _read;
    private bool _sourceEnded;

    public TargetException? Fatal => settlement.Fatal;

    private bool IsEnding { get; set; }

    /// <summary>Counts the records that were read. The clock alone would leave behind the records that became due since the last look.</summary>
    private bool HasReadAll => _sourceEnded || _schedule.IsTimeUp || _read >= plan.Expected;

    /// <summary>Does all that can be done now. Returns false when nothing is left to do.</summary>
    public bool Step(CancellationToken stopping)
    {
        IsEnding |= stopping.IsCancellationRequested;
        SettleFlights();
        while (!IsEnding && Fatal is null && _flights.Count < plan.Concurrency && NextBatch() is { Count: > 0 } batch)
        {
            Launch(batch);
            IsEnding |= stopping.IsCancellationRequested;
            SettleFlights();
        }

        IsEnding |= Fatal is not null;
        if (_flights.Count > 0)
        {
            return true;
        }

        if (IsEnding)
        {
            settlement.Abandon(_backlog.Waiting);
            return false;
        }

        return _backlog.Count > 0 || !HasReadAll;
    }

    public async Task WaitAsync(CancellationToken stopping)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(IsEnding ? CancellationToken.None : stopping);
        var timer = Task.Delay(Pause(), sender.Time, enough.Token);
        await Task.WhenAny([timer, .. _flights]);
        End(enough);
    }

    /// <summary>Cancels on this thread: CancelAsync would leave it to another thread, and a test's clock could then run ahead of the run.</summary>
    private static void End(CancellationTokenSource waiting) => waiting.Cancel();

    private List<Outgoing> NextBatch()
    {
        if (_schedule.IsTimeUp)
        {
            _backlog.DropUnsent();
        }

        var due = _schedule.Due;
        while (!_sourceEnded && _read < due && _backlog.Count < _maxReady && _backlog.Bytes < MaxReadyBytes)
        {
            Read();
        }

        return _backlog.TakeBatch(sender.Time.GetTimestamp());
    }

    private void Read()
    {
        if (sender.Source.Next() is not { } record)
        {
            _sourceEnded = true;
            return;
        }

        _read++;
        _backlog.Add(new Outgoing(record, sender.Expectations.Of(record.Bytes, sender.Time.GetUtcNow())));
    }

    private void Launch(List<Outgoing> batch)
    {
        foreach (var record in batch.Where(record => record.Attempts == 0 && plan.RecordsPerSecond is not null))
        {
            sender.Totals.Lateness.Record(_schedule.Lateness(record.Record.Index));
        }

        _flights.Add(Flight.StartAsync(sender.Sink, batch, sender.Totals, sender.Time, abort));
    }

    private void SettleFlights()
    {
        for (var i = _flights.Count - 1; i >= 0; i--)
        {
            if (_flights[i].IsCompleted)
            {
                // The task has completed: GetResult does not wait, and it throws a defect's exception as it is.
                var flight = _flights[i].GetAwaiter().GetResult();
                _flights.RemoveAt(i);
                _backlog.Return(flight.Batch, settlement.Settle(flight, IsEnding, othersUnderWay: _flights.Count > 0));
            }
        }
    }

    /// <summary>How long to wait until a record becomes due or a back-off ends. A call that ends wakes the run in any case.</summary>
    private TimeSpan Pause()
    {
        if (IsEnding || _flights.Count == plan.Concurrency)
        {
            return Timeout.InfiniteTimeSpan;
        }

        var now = sender.Time.GetTimestamp();
        var pause = HasReadAll || plan.RecordsPerSecond is null ? Timeout.InfiniteTimeSpan : _schedule.UntilNextTick;
        if (_backlog.NextReturn() is { } next)
        {
            var backOff = sender.Time.GetElapsedTime(now, Math.Max(now, next)) + TimeSpan.FromMilliseconds(1);
            pause = pause == Timeout.InfiniteTimeSpan || backOff < pause ? backOff : pause;
        }

        return pause;
    }
}
