using System.Security.Cryptography;
using DataToEvents.Adapters.Embedded.Objects;
using DataToEvents.Application.Transformer;

namespace DataToEvents.Adapters.Embedded.Ports;

/// <summary>Payloads as objects of the bucket, under <c>payloads/</c> and the SHA-256 of their bytes.</summary>
/// <param name="bucket">Where they lie.</param>
/// <param name="bucketName">What the bucket is called at the S3 door.</param>
public sealed class EmbeddedPayloadStore(ObjectBucket bucket, string bucketName = "data-events") : IPayloadStore
{
    /// <returns><c>s3://bucket/key</c>, as on AWS.</returns>
    public async Task<string> PutAsync(ReadOnlyMemory<byte> payload, string? contentType, CancellationToken cancellationToken)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(payload.Span));
        var key = $"payloads/{hash[..2]}/{hash}.bin";
        if (!await bucket.ExistsAsync(key, cancellationToken))
        {
            await bucket.PutAsync(key, payload, cancellationToken);
        }

        return $"s3://{bucketName}/{key}";
    }
}
