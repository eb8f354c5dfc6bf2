using System.Net.Http.Headers;
using Amazon.S3;
using DataToEvents.Adapters.Formats;
using DataToEvents.Application.Transformer;

namespace DataToEvents.Adapters.S3;

/// <summary>Big payloads as S3 objects, see <see cref="PayloadObject"/>.</summary>
/// <param name="s3">The client, see <see cref="S3Settings"/>.</param>
/// <param name="options">Which bucket.</param>
public sealed class S3PayloadStore(IAmazonS3 s3, S3Options options) : IPayloadStore
{
    private const string AnyType = "application/octet-stream";

    private readonly WriteOnce _objects = new(s3, options);

    /// <returns><c>s3://bucket/key</c></returns>
    /// <inheritdoc/>
    public async Task<string> PutAsync(ReadOnlyMemory<byte> payload, string? contentType, CancellationToken cancellationToken)
    {
        var key = PayloadObject.Key(payload.Span);
        await _objects.PutAsync(key, payload, HeaderValue(contentType), cancellationToken);
        return $"s3://{options.Bucket}/{key}";
    }

    /// <summary>A producer may write anything as its content type; only a media type can stand in a header. The envelope keeps the original.</summary>
    private static string HeaderValue(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var mediaType) && System.Text.Ascii.IsValid(contentType) ? mediaType.ToString() : AnyType;
}
