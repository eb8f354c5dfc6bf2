using Amazon.Lambda;
using Amazon.Lambda.Model;

namespace DataToEvents.Recovery.Pausing;

/// <summary>Reserves nothing (0 invocations at once) for a function, so that Lambda throttles all of its invocations.</summary>
internal sealed class ConcurrencySwitch(IAmazonLambda lambda, string function, string meanwhile) : IHopSwitch
{
    public string What => $"the function {function}, for which no invocation is reserved then";

    public string Meanwhile => meanwhile;

    public async Task<bool> IsPausedAsync(CancellationToken cancellationToken) => await ReservedAsync(cancellationToken) == 0;

    public async Task<string?> PauseAsync(CancellationToken cancellationToken)
    {
        var before = await ReservedAsync(cancellationToken);
        await ReserveAsync(0, cancellationToken);
        return before is > 0 and var count ? $"{Units.Count(count, "invocation at once was", "invocations at once were")} reserved for it: resume it with --reserved {count}." : null;
    }

    public Task ResumeAsync(int? reserved, CancellationToken cancellationToken) => reserved is { } number
        ? ReserveAsync(number, cancellationToken)
        : lambda.DeleteFunctionConcurrencyAsync(new DeleteFunctionConcurrencyRequest { FunctionName = function }, cancellationToken);

    private async Task<int?> ReservedAsync(CancellationToken cancellationToken) =>
        (await lambda.GetFunctionConcurrencyAsync(new GetFunctionConcurrencyRequest { FunctionName = function }, cancellationToken)).ReservedConcurrentExecutions;

    private Task<PutFunctionConcurrencyResponse> ReserveAsync(int reserved, CancellationToken cancellationToken) =>
        lambda.PutFunctionConcurrencyAsync(new PutFunctionConcurrencyRequest { FunctionName = function, ReservedConcurrentExecutions = reserved }, cancellationToken);
}
