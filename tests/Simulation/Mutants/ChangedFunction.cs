using System.Text;
using DataToEvents.Emulator.Delivery;

namespace DataToEvents.Simulation.Mutants;

/// <summary>A function that is passed another event, or whose answer is another.</summary>
internal sealed class ChangedFunction(
    IFunction inner,
    Func<byte[], byte[]>? change = null,
    Func<FunctionAnswer, FunctionAnswer>? judge = null,
    Func<byte[], FunctionAnswer, FunctionAnswer>? judgeWith = null) : IFunction
{
    public string Name => inner.Name;

    public async Task<FunctionAnswer> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var given = payload.ToArray();
        var answer = await inner.InvokeAsync(change?.Invoke(given) ?? given, cancellationToken);
        return judge?.Invoke(answer) ?? judgeWith?.Invoke(given, answer) ?? answer;
    }
}

/// <summary>A function that answers before it has done anything.</summary>
internal sealed class AnswerFirst(IFunction inner) : IFunction
{
    public string Name => inner.Name;

    public Task<FunctionAnswer> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        _ = inner.InvokeAsync(payload.ToArray(), cancellationToken);
        return Task.FromResult(Answers.AllGood);
    }
}

/// <summary>Answers under ReportBatchItemFailures.</summary>
internal static class Answers
{
    public static FunctionAnswer AllGood { get; } = Failures([]);

    public static FunctionAnswer Failures(IEnumerable<string> identifiers) => FunctionAnswer.Success(Encoding.UTF8.GetBytes(
        $$"""{"batchItemFailures":[{{string.Join(',', identifiers.Select(identifier => $$"""{"itemIdentifier":"{{identifier}}"}"""))}}]}"""));
}
