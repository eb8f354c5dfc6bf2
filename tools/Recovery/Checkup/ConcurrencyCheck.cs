using Amazon.Lambda;
using Amazon.Lambda.Model;

namespace DataToEvents.Recovery.Checkup;

/// <summary>How many invocations at once the account may have, which all functions of the region share. New accounts often have 10 (AWS Lambda Developer Guide, "Lambda quotas").</summary>
internal sealed class ConcurrencyCheck(IAmazonLambda lambda) : ICheck
{
    /// <summary>The four functions of the path, each with some invocations at once.</summary>
    private const int Few = 100;

    public string Name => "concurrency";

    public async Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        var limit = (await lambda.GetAccountSettingsAsync(new GetAccountSettingsRequest(), cancellationToken)).AccountLimit;
        return [Judge(limit.ConcurrentExecutions ?? 0, limit.UnreservedConcurrentExecutions ?? 0)];
    }

    /// <param name="limit">Invocations at once in the account and region.</param>
    /// <param name="unreserved">Those of them that are reserved for no function.</param>
    public static CheckResult Judge(int limit, int unreserved)
    {
        var found = $"{Units.Count(limit, "invocation")} at once for the whole account, {Cells.Text((long)unreserved)} of them for functions without a reservation";
        return unreserved < Few
            ? new CheckResult(CheckLevel.Warn, "concurrency", found, "ask for 1,000 in Service Quotas (Lambda, Concurrent executions): Transformer, storer, emitter and consumer share it with all other functions")
            : CheckResult.Ok("concurrency", found);
    }
}
