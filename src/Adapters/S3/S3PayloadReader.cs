using Amazon.Runtime;
using Amazon.S3;
using DataToEvents.Adapters.Aws;
using DataToEvents.Adapters.Formats;
using DataToEvents.Application.EventResponder;

namespace DataToEvents.Adapters.S3;

/// <summary>Reads the payloads that <see cref="S3PayloadStore"/> put.</summary>
/// <param name="s3">The client, see <see cref="S3Settings"/>.</param>
/// <param name="options">Which bucket.</param>
public sealed class S3PayloadReader(IAmazonS3 s3, S3Options options) : IPayloadReader
{
    /// <inheritdoc/>
    public async Task<ReadOnlyMemory<byte>?> GetAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await s3.GetObjectAsync(options.Bucket, PayloadObject.KeyOf(name), cancellationToken).WithCodeAsync();
            var payload = new MemoryStream((int)answer.ContentLength);
            await answer.ResponseStream.CopyToAsync(payload, cancellationToken);
            return payload.GetBuffer().AsMemory(0, (int)payload.Length);
        }
        catch (AmazonServiceException fault) when (fault.StatusCode == HttpStatusCode.NotFound && fault.ErrorCode != "NoSuchBucket")
        {
            return null;
        }
    }
}
