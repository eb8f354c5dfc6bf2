using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using DataToEvents.Application.EventResponder;
using DataToEvents.Application.Payloads;

namespace DataToEvents.Adapters.S3;

/// <summary>Reads the payloads that <see cref="S3PayloadStore"/> put.</summary>
/// <param name="config">The SDK's, with its region, endpoint, credentials and HTTP client.</param>
/// <param name="options">Which bucket.</param>
/// <param name="time">The clock of the pauses before another try.</param>
/// <param name="random">Their length.</param>
public sealed class S3PayloadReader(AmazonS3Config config, S3Options options, TimeProvider time, Random random) : IPayloadReader
{
    private readonly S3Calls _calls = new(config, new GetObjectRequest { BucketName = options.Bucket }, S3Client.Pauses(time, random));

    /// <inheritdoc/>
    public async Task<ReadOnlyMemory<byte>?> GetAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _calls.CallAsync(HttpMethod.Get, PayloadObject.KeyOf(name), default, [], cancellationToken);
            return await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        }
        catch (AmazonS3Exception fault) when (fault.StatusCode == HttpStatusCode.NotFound && fault.ErrorCode != "NoSuchBucket")
        {
            return null;
        }
    }
}
