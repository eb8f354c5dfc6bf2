using DataToEvents.Application.Transformer;

namespace DataToEvents.Functions.Tests.Transformer;

/// <summary>A store that no payload is to come to.</summary>
internal sealed class NoPayloads : IPayloadStore
{
    public Task<string> PutAsync(ReadOnlyMemory<byte> payload, string? contentType, CancellationToken cancellationToken) => throw new NotSupportedException();
}
