using System.Security.Cryptography;
using DataToEvents.Adapters.Embedded.Objects;
using DataToEvents.Application.Transformer;

namespace DataToEvents.Adapters.Embedded.Ports;

/// <summary>Payloads as objects of the bucket, under <c>payloads/</c> and the SHA-256 of their bytes.</summary>
public sealed class EmbeddedPayloadStore(ObjectBucket bucket) : IPayloadStore
{
    /// <returns>The object's key: a URI reference relative to the data directory.</returns>
    public async Task<string> PutAsync(ReadOnlyMemory<byte> payload, string? contentType, CancellationToken cancellationToken)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(payload.Span));
        var key = $"payloads/{hash[..2]}/{hash}.bin";
        if (!await bucket.ExistsAsync(key, cancellationToken))
        {
            await bucket.PutAsync(key, payload, cancellationToken);
        }

        return key;
    }
}
