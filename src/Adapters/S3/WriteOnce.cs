using System.Net;
using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;

namespace DataToEvents.Adapters.S3;

/// <summary>Puts objects whose key says what is in them: one that is there already stays as it is.</summary>
internal sealed class WriteOnce(AmazonS3Config config, S3Options options, TimeProvider time, Random random)
{
    // S3 answers 409 while another conditional put of the key is under way; the next try finds the object or puts it.
    private const int MaxAttempts = 4;

    private readonly S3Calls _calls = new(config, new PutObjectRequest { BucketName = options.Bucket }, S3Client.Pauses(time, random));

    /// <exception cref="InvalidOperationException">There is no such bucket.</exception>
    public async Task PutAsync(string key, ReadOnlyMemory<byte> content, string contentType, CancellationToken cancellationToken)
    {
        (string, string)[] headers =
            [("content-type", contentType), ("if-none-match", "*"), ("x-amz-checksum-sha256", Convert.ToBase64String(SHA256.HashData(content.Span)))];
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var answer = await _calls.CallAsync(HttpMethod.Put, key, content, headers, cancellationToken);
                return;
            }
            catch (AmazonS3Exception fault) when (fault.StatusCode == HttpStatusCode.PreconditionFailed)
            {
                return;
            }
            catch (AmazonS3Exception fault) when (fault.StatusCode == HttpStatusCode.Conflict && attempt < MaxAttempts)
            {
                continue;
            }
            catch (AmazonS3Exception fault) when (fault.ErrorCode == "NoSuchBucket")
            {
                throw new InvalidOperationException($"There is no bucket {options.Bucket} ({options.Variable}).", fault);
            }
        }
    }
}
