using System.Text;
using DataToEvents.Generator.Sending;

namespace DataToEvents.Generator.Tests.Sending;

/// <summary>Keeps what it was given and answers as it is told; accepts everything unless told otherwise.</summary>
internal sealed class FakeSink(Func<int, string, string?>? answer = null) : IRecordSink
{
    public List<string[]> Calls { get; } = [];

    public Action? OnPut { get; init; }

    public Task<IReadOnlyList<string?>> PutAsync(IReadOnlyList<ReadOnlyMemory<byte>> batch, CancellationToken abort)
    {
        Calls.Add([.. batch.Select(record => Encoding.UTF8.GetString(record.Span))]);
        OnPut?.Invoke();
        abort.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<string?>>([.. Calls[^1].Select(record => answer?.Invoke(Calls.Count, record))]);
    }
}
