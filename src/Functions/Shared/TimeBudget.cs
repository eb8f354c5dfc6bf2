using Amazon.Lambda.Core;

namespace DataToEvents.Functions.Shared;

internal static class TimeBudget
{
    /// <summary>What a function keeps for writing its answer: a late answer is no answer.</summary>
    private static readonly TimeSpan ForTheAnswer = TimeSpan.FromSeconds(1);

    public static TimeSpan Of(ILambdaContext context)
    {
        var remaining = context.RemainingTime;
        return remaining > 2 * ForTheAnswer ? remaining - ForTheAnswer : remaining / 2;
    }

    /// <summary>Does work that is cancelled while there is still time to say so.</summary>
    /// <exception cref="TimeoutException">It was cancelled.</exception>
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
