namespace DataToEvents.Emulator.Buses;

/// <summary>
/// Takes rows in order and delivers their events side by side. A row whose events were not all taken waits outside of memory until its
/// back-off is over, so that events that fail for a day delay no others.
/// </summary>
internal sealed class Dispatcher(Database database, DurableQueue journal, EventBusOptions options, TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Wake _wake = new(time);
    private readonly Slots _deliveries = new(options.MaxDeliveries);
    private readonly Slots _rowsInHand = new(options.MaxDeliveries);
    private readonly Slots _rowsUnsettled = new(options.MaxUnsettledCalls);
    private volatile IReadOnlyList<Rule> _rules = [];

    public IReadOnlyList<Rule> Rules => _rules;

    public InFlightRows InFlightRows { get; } = new();

    public void Wake() => _wake.Set();

    /// <summary>Takes rules away and adds others. Deliveries that have begun go on by the old ones.</summary>
    public void Replace(IReadOnlyList<Rule> old, IReadOnlyList<Rule> changed)
    {
        lock (_gate)
        {
            _rules = [.. _rules.Except(old), .. changed];
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var rows = new List<Task>();
        var cleanAt = 1024;
        try
        {
            while (true)
            {
                await _rowsUnsettled.EnterAsync(stop.Token);
                await _rowsInHand.EnterAsync(stop.Token);
                rows.Add(DeliverAsync(await NextAsync(stop.Token), stop));
                if (rows.Count >= cleanAt)
                {
                    rows.RemoveAll(static task => task.IsCompletedSuccessfully);
                    cleanAt = Math.Max(1024, rows.Count * 2);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The host stops, or a delivery could not be recorded. The exception of such a delivery is thrown below.
        }

        await Task.WhenAll(rows);
    }

    public void Dispose() => _wake.Dispose();

    private async Task<DurableRow> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await journal.TakeAsync(InFlightRows.Add) is { } row)
            {
                return row;
            }

            await _wake.SleepAsync(cancellationToken);
        }
    }

    private async Task DeliverAsync(DurableRow row, CancellationTokenSource stop)
    {
        try
        {
            await SettleAsync(row, stop.Token);
            await database.InTransactionAsync(connection => DurableQueue.Remove(connection, row.Id, row.Id));
            InFlightRows.Remove(row);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The row stays in the durable queue and is delivered again at the next start.
        }
        catch
        {
            stop.Cancel();
            throw;
        }
        finally
        {
            _rowsUnsettled.Leave();
        }
    }

    private async Task SettleAsync(DurableRow row, CancellationToken cancellationToken)
    {
        List<EventDelivery>? open = null;
        for (var attempts = 1; open is not { Count: 0 }; attempts++)
        {
            if (open is not null)
            {
                await Task.Delay(open.Min(delivery => delivery.PauseAfter(attempts - 1)), time, cancellationToken);
                await _rowsInHand.EnterAsync(cancellationToken);
            }

            try
            {
                open = await TryAsync(row, open, attempts, cancellationToken);
            }
            finally
            {
                _rowsInHand.Leave();
            }
        }
    }

    /// <summary>Tries each open delivery once.</summary>
    /// <returns>The deliveries that are still open.</returns>
    private async Task<List<EventDelivery>> TryAsync(DurableRow row, List<EventDelivery>? open, int attempts, CancellationToken cancellationToken)
    {
        var body = row.Body ?? await database.InTransactionAsync(connection => DurableQueue.Read(connection, row.Id));
        row.Body = null;
        var (events, rules) = PublishedEvent.Unpack(body);
        open ??= Match(events, rules);
        var since = DateTimeOffset.FromUnixTimeMilliseconds(row.AtMs);
        var settled = await Task.WhenAll(open.Select(delivery => TryAsync(delivery, events[delivery.Index], attempts, since, cancellationToken)));
        return [.. open.Where((_, index) => !settled[index])];
    }

    private async Task<bool> TryAsync(EventDelivery delivery, PublishedEvent item, int attempts, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await _deliveries.EnterAsync(cancellationToken);
        try
        {
            return await delivery.TryAsync(item, attempts, since, cancellationToken);
        }
        finally
        {
            _deliveries.Leave();
        }
    }

    private List<EventDelivery> Match(List<PublishedEvent> events, IReadOnlyList<string> chosen)
    {
        var all = _rules;
        var rules = chosen.Count == 0 ? all : [.. all.Where(rule => chosen.Contains(rule.Name))];
        var withDetail = rules.Any(static rule => rule.LooksIntoDetail);
        var deliveries = new List<EventDelivery>();
        for (var index = 0; index < events.Count; index++)
        {
            using var json = events[index].Parse(withDetail);
            deliveries.AddRange(rules.Where(rule => rule.Matches(json.RootElement)).Select(rule => new EventDelivery(rule, index)));
        }

        return deliveries;
    }
}
