namespace DataToEvents.Application.Lanes;

/// <summary>
/// Sends items in batched calls, with a lane for each stream. The items of a lane are sent strictly one after the other, lanes in parallel. A
/// call never holds two items of one lane, because services fail entry by entry: the second could be taken while the first is refused.
/// An item that fails is tried again until it is refused or the time is used up. It holds back the later items of its lane, and no others:
/// the items of a call that failed as a whole are sent again one by one, until each has its own answer.
/// </summary>
public sealed class StreamLanes(LaneOptions options, TimeProvider time, Random random)
{
    private readonly JitteredBackOff _backOff = new(options.FirstBackOff, time, random);
    private long _callsMade;

    /// <summary>The clock that budgets are measured by.</summary>
    internal TimeProvider Time => time;

    /// <summary>Sends all items, or as many as their lanes and <paramref name="budget"/> allow.</summary>
    /// <param name="items">In the order that each lane keeps.</param>
    /// <param name="laneOf">The lane's name: a stream id.</param>
    /// <param name="sizeOf">Bytes that the item adds to a call.</param>
    /// <param name="send">One call; answers an attempt for each entry, in order. What it throws counts as a retryable failure of the call as a whole.</param>
    /// <param name="budget">No call begins later, and calls under way are cancelled then.</param>
    /// <param name="tally">Counts calls and retries; may be null.</param>
    /// <returns>A result for each item, in order.</returns>
    public async Task<IReadOnlyList<LaneResult>> SendAsync<T>(
        IReadOnlyList<T> items,
        Func<T, string> laneOf,
        Func<T, int> sizeOf,
        Func<IReadOnlyList<T>, CancellationToken, Task<IReadOnlyList<Attempt>>> send,
        TimeSpan budget,
        LaneTally? tally = null)
    {
        using var deadline = DeadlineIn(budget);
        var schedule = new LaneSchedule<T>(items, laneOf, sizeOf, options);
        tally ??= new LaneTally();
        var calls = new List<Task<BatchOutcome>>();
        var pauses = new List<Task<BatchOutcome>>();
        while (!deadline.IsCancellationRequested)
        {
            while (calls.Count < options.CallsInFlight(Interlocked.Read(ref _callsMade)) && schedule.TryTakeBatch(othersInFlight: calls.Count > 0) is { } batch)
            {
                tally.Calls++;
                calls.Add(CallAsync(schedule.Items(batch), batch, send, deadline.Token));
            }

            if (calls.Count + pauses.Count == 0)
            {
                return schedule.Results("nothing was sent");
            }

            // Several calls may have ended: then there is no need to wait.
            var next = calls.Find(static call => call.IsCompleted) ?? await Task.WhenAny([.. calls, .. pauses]);
            if (pauses.Remove(next))
            {
                var again = (await next).Batch;
                tally.Retries += again.Count;
                schedule.Resume(again);
            }
            else
            {
                calls.Remove(next);
                Interlocked.Increment(ref _callsMade);
                pauses.AddRange(Settle(await next, schedule, deadline.Token));
            }
        }

        foreach (var call in await Task.WhenAll(calls))
        {
            schedule.Settle(call);
        }

        return schedule.Results("the time budget was used up");
    }

    /// <summary>Cancelled when <paramref name="budget"/> is used up; at once when it is zero or negative.</summary>
    internal CancellationTokenSource DeadlineIn(TimeSpan budget) => new(budget > TimeSpan.Zero ? budget : TimeSpan.Zero, time);

    private IEnumerable<Task<BatchOutcome>> Settle<T>(BatchOutcome outcome, LaneSchedule<T> schedule, CancellationToken cancellationToken)
    {
        var toRetry = schedule.Settle(outcome);
        return toRetry.Count == 0 ? [] : [PauseAsync(toRetry, schedule.Attempts(toRetry), cancellationToken)];
    }

    private async Task<BatchOutcome> PauseAsync(IReadOnlyList<int> batch, int attempts, CancellationToken cancellationToken)
    {
        // A cancelled pause ends like any other: the loop then finds the budget used up.
        await _backOff.PauseAsync(attempts, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        return new BatchOutcome(batch, []);
    }

    private static async Task<BatchOutcome> CallAsync<T>(
        T[] items,
        IReadOnlyList<int> batch,
        Func<IReadOnlyList<T>, CancellationToken, Task<IReadOnlyList<Attempt>>> send,
        CancellationToken cancellationToken)
    {
        try
        {
            var attempts = await send(items, cancellationToken);
            return attempts.Count == items.Length
                ? new BatchOutcome(batch, attempts)
                : throw new InvalidOperationException($"{items.Length} entries were sent, {attempts.Count} were answered.");
        }
#pragma warning disable CA1031 // Not swallowed: it becomes the reason of each entry's failure.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return new BatchOutcome(batch, [.. items.Select(_ => Attempt.Retry(Reason(fault)))]) { HasFailedAsAWhole = true };
        }
    }

    /// <summary>The message of an HTTP fault often says only "see inner exception". The innermost exception names the cause, such as a missing root certificate.</summary>
    private static string Reason(Exception fault)
    {
        var cause = fault.GetBaseException();
        var reason = $"{fault.GetType().Name}: {fault.Message}";
        return cause == fault ? reason : $"{reason} ({cause.GetType().Name}: {cause.Message})";
    }
}

/// <param name="Batch">Positions of the items in the whole list.</param>
/// <param name="Attempts">One for each position.</param>
internal sealed record BatchOutcome(IReadOnlyList<int> Batch, IReadOnlyList<Attempt> Attempts)
{
    /// <summary>True when the call threw: no entry has an answer of its own.</summary>
    public bool HasFailedAsAWhole { get; init; }
}
