using DataToEvents.Generator.Sending;
using DataToEvents.Load.Ledger;

namespace DataToEvents.Generator.Tests.Sending;

/// <summary>Keeps the records that it gets and answers as the test says. By default it accepts everything.</summary>
internal sealed class FakeSink(Func<int, string, string?>? answer = null) : IRecordSink
{
    private Func<Outgoing, PutAnswer>? _answerOne;

    public List<string[]> Calls { get; } = [];

    public Action? OnPut { get; init; }

    /// <summary>Calls wait here until it is completed; null: they do not wait.</summary>
    public Func<Task>? Gate { get; init; }

    public SinkLimits Limits => FirehoseSink.CallLimits;

    public static FakeSink Of(Func<Outgoing, PutAnswer> answer) => new() { _answerOne = answer };

    public async Task<IReadOnlyList<PutAnswer>> PutAsync(IReadOnlyList<Outgoing> batch, CancellationToken abort)
    {
        Calls.Add([.. batch.Select(record => Encoding.UTF8.GetString(record.Record.Bytes.Span))]);
        var call = Calls.Count;
        OnPut?.Invoke();
        abort.ThrowIfCancellationRequested();
        if (Gate is not null)
        {
            await Gate();
        }

        return [.. batch.Select((record, index) => _answerOne?.Invoke(record)
            ?? (answer?.Invoke(call, Calls[call - 1][index]) is { } error ? PutAnswer.Retry(error) : PutAnswer.Accepted))];
    }
}
