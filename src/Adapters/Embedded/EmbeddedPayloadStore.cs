using DataToEvents.Application.EventResponder;
using DataToEvents.Application.Transformer;
using DataToEvents.Emulator.Objects;

namespace DataToEvents.Adapters.Embedded;

/// <summary>Big payloads as objects of the bucket, see <see cref="PayloadObject"/>.</summary>
/// <param name="bucket">The bucket that holds the payloads.</param>
/// <param name="bucketName">The bucket's name at the S3 endpoint. References name it, so that they are the same whichever way a payload was stored.</param>
public sealed class EmbeddedPayloadStore(ObjectBucket bucket, string bucketName = EmbeddedPayloadStore.DefaultBucketName) : IPayloadStore, IPayloadReader
{
    public const string DefaultBucketName = "data-events";

    /// <returns><c>s3://bucket/key</c></returns>
    /// <inheritdoc/>
    public async Task<string> PutAsync(ReadOnlyMemory<byte> payload, string? contentType, CancellationToken cancellationToken)
    {
        var key = PayloadObject.Key(payload.Span);
        if (!await bucket.ExistsAsync(key, cancellationToken))
        {
            await bucket.PutAsync(key, payload, cancellationToken);
        }

        return $"s3://{bucketName}/{key}";
    }

    /// <inheritdoc/>
    public async Task<ReadOnlyMemory<byte>?> GetAsync(string name, CancellationToken cancellationToken) =>
        await bucket.GetAsync(PayloadObject.KeyOf(name), cancellationToken) is { } payload ? payload : default(ReadOnlyMemory<byte>?);
}
