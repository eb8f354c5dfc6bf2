using DataToEvents.Emulator.Delivery;

namespace DataToEvents.Simulation.Mutants;

/// <summary>A function that is passed another event, or whose answer is another.</summary>
internal sealed class ChangedFunction(
    IInvocable inner,
    Func<byte[], byte[]>? change = null,
    Func<InvocationResult, InvocationResult>? judge = null,
    Func<byte[], InvocationResult, InvocationResult>? judgeWith = null) : IInvocable
{
    public string Name => inner.Name;

    public async Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var given = payload.ToArray();
        var answer = await inner.InvokeAsync(change?.Invoke(given) ?? given, cancellationToken);
        return judge?.Invoke(answer) ?? judgeWith?.Invoke(given, answer) ?? answer;
    }
}

/// <summary>A function that answers before it has done anything.</summary>
internal sealed class AnswerFirst(IInvocable inner) : IInvocable
{
    public string Name => inner.Name;

    public Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        _ = inner.InvokeAsync(payload.ToArray(), cancellationToken);
        return Task.FromResult(ChangedAnswers.AllGood);
    }
}

/// <summary>ChangedAnswers under ReportBatchItemFailures.</summary>
internal static class ChangedAnswers
{
    public static InvocationResult AllGood { get; } = Failures([]);

    public static InvocationResult Failures(IEnumerable<string> identifiers) => InvocationResult.Success(Encoding.UTF8.GetBytes(
        $$"""{"batchItemFailures":[{{string.Join(',', identifiers.Select(identifier => $$"""{"itemIdentifier":"{{identifier}}"}"""))}}]}"""));
}
