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
}
