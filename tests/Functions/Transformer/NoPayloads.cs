using DataToEvents.Application.Transformer;

namespace DataToEvents.Functions.Tests.Transformer;

/// <summary>A payload store that must not be called.</summary>
internal sealed class NoPayloads : IPayloadStore
{
    public Task<string> PutAsync(ReadOnlyMemory<byte> payload, string? contentType, CancellationToken cancellationToken) => throw new NotSupportedException();
}
