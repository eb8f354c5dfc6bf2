namespace DataToEvents.Functions.Runtime;

/// <summary>The time that an invocation may use for its work.</summary>
public static class TimeBudget
{
    /// <summary>The time that a function keeps for writing its answer. Lambda discards an answer that comes too late.</summary>
    private static readonly TimeSpan ForTheAnswer = TimeSpan.FromSeconds(1);

    public static TimeSpan Of(ILambdaContext context)
    {
        var remaining = context.RemainingTime;
        return remaining > 2 * ForTheAnswer ? remaining - ForTheAnswer : remaining / 2;
    }

    /// <summary>Does work, and cancels it while there is still time to report that.</summary>
    /// <exception cref="TimeoutException">The work was cancelled.</exception>
    public static async Task<T> WithinAsync<T>(ILambdaContext context, TimeProvider time, Func<CancellationToken, Task<T>> work)
    {
        var budget = Of(context);
        using var deadline = new CancellationTokenSource(budget, time);
        try
        {
            return await work(deadline.Token);
        }
        catch (OperationCanceledException fault) when (deadline.IsCancellationRequested)
        {
            throw new TimeoutException($"The calls to AWS did not end within {budget.TotalSeconds:0.0} s, which is what the function's time allows.", fault);
        }
    }
}
