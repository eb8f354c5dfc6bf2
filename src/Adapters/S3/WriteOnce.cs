using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using DataToEvents.Adapters.Aws;

namespace DataToEvents.Adapters.S3;

/// <summary>Puts objects whose keys are made of their content. An object that exists already stays as it is.</summary>
internal sealed class WriteOnce(IAmazonS3 s3, S3Options options)
{
    // S3 answers 409 while another conditional put of the key is under way; the next try finds the object or puts it.
    private const int MaxAttempts = 4;

    /// <exception cref="InvalidOperationException">There is no such bucket.</exception>
    public async Task PutAsync(string key, ReadOnlyMemory<byte> content, string contentType, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await s3.PutObjectAsync(Request(key, content, contentType), cancellationToken).WithCodeAsync();
                return;
            }
            catch (AmazonServiceException fault) when (fault.StatusCode == HttpStatusCode.PreconditionFailed)
            {
                return;
            }
            catch (AmazonServiceException fault) when (fault.StatusCode == HttpStatusCode.Conflict && attempt < MaxAttempts)
            {
                continue;
            }
            catch (AmazonServiceException fault) when (fault.ErrorCode == "NoSuchBucket")
            {
                throw new InvalidOperationException($"There is no bucket {options.Bucket} ({options.Variable}).", fault);
            }
        }
    }

    /// <summary>S3 compares the content with its SHA-256, so that no other checksum is needed.</summary>
    private PutObjectRequest Request(string key, ReadOnlyMemory<byte> content, string contentType) => new()
    {
        BucketName = options.Bucket,
        Key = key,
        ContentType = contentType,
        InputStream = Stream(content),
        IfNoneMatch = "*",
        ChecksumSHA256 = Convert.ToBase64String(SHA256.HashData(content.Span)),
        UseChunkEncoding = false,
    };

    private static MemoryStream Stream(ReadOnlyMemory<byte> content) => MemoryMarshal.TryGetArray(content, out var array)
        ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
        : new MemoryStream(content.ToArray(), writable: false);
}
