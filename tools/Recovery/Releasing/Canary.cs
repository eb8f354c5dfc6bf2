using Amazon.Lambda;

namespace DataToEvents.Recovery.Releasing;

/// <summary>
/// Makes the newest versions live step by step: first they get a part of the invocations, for a time; if no alarm goes off meanwhile they get all. Whatever ends it early, an alarm,
/// a fault or Ctrl-C, takes that part away again.
/// </summary>
internal sealed class Canary(Aliases aliases, AlarmWatch alarms, TimeProvider time)
{
    /// <summary>CloudWatch judges the deployment's alarms once a minute.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(15);

    /// <param name="functions">The functions whose newest version is not live.</param>
    /// <param name="share">0.1 is every tenth invocation.</param>
    /// <param name="duration">How long they get it; zero: they get all at once.</param>
    /// <param name="cancellationToken">Ends it, and takes the part away.</param>
    /// <returns>The alarms that went off, because of which no version became live; empty: all did.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(IReadOnlyList<LiveVersion> functions, double share, TimeSpan duration, CancellationToken cancellationToken)
    {
        var waiting = new List<LiveVersion>();
        try
        {
            foreach (var function in functions)
            {
                waiting.Add(duration == TimeSpan.Zero ? function : await aliases.ShareAsync(function, function.Newest, share, cancellationToken));
            }

            if (await RingAsync(duration, cancellationToken) is { Count: > 0 } ringing)
            {
                await WithdrawAsync(waiting);
                return ringing;
            }

            while (waiting.Count > 0)
            {
                await aliases.MakeLiveAsync(waiting[0], waiting[0].Newest, ReleaseNote.Write(waiting[0].Newest, waiting[0].Version), cancellationToken);
                waiting.RemoveAt(0);
            }

            return [];
        }
        catch
        {
            await WithdrawAsync(waiting);
            throw;
        }
    }

    /// <summary>Looks at the alarms until one goes off or the time is over.</summary>
    private async Task<IReadOnlyList<string>> RingAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (time.GetElapsedTime(start) < duration)
        {
            await Task.Delay(Pace, time, cancellationToken);
            if (await alarms.RingingAsync(cancellationToken) is { Count: > 0 } ringing)
            {
                return ringing;
            }
        }

        return [];
    }

    /// <summary>Goes through all of them, also when one fails and when the caller was cancelled.</summary>
    private async Task WithdrawAsync(IEnumerable<LiveVersion> functions)
    {
        AmazonLambdaException? refused = null;
        var left = new List<string>();
        foreach (var function in functions)
        {
            try
            {
                await aliases.WithdrawAsync(function.Function, CancellationToken.None);
            }
            catch (AmazonLambdaException fault)
            {
                refused = fault;
                left.Add(function.Function);
            }
        }

        if (refused is not null)
        {
            throw new InvalidOperationException($"a new version still gets a part of the invocations of {string.Join(", ", left)}, because Lambda refused to take it away ({refused.Message}); `operator release back` does", refused);
        }
    }
}
