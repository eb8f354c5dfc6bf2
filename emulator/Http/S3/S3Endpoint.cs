using DataToEvents.Emulator.Objects;
using DataToEvents.Emulator.Server;

namespace DataToEvents.Emulator.Http.S3;

/// <summary>
/// S3's REST protocol, path style. <see cref="S3Request"/> lists its operations and what they honour; all else is refused with <c>NotImplemented</c> and
/// changes nothing. Each object is read into memory as a whole.
/// </summary>
public sealed class S3Endpoint
{
    /// <summary>How many bytes the parts of all uploads that are not complete may have together.</summary>
    public const long MaxUploadBytes = 256 * 1024 * 1024;

    /// <summary>The action that is needed by all requests that show the contents of a bucket.</summary>
    private const string List = "ListObjectsV2";

    private readonly IReadOnlyDictionary<string, ObjectBucket> _buckets;
    private readonly ICallPolicy? _policy;
    private readonly TimeProvider _clock;
    private readonly BucketCalls _bucketCalls;
    private readonly MultipartUploads _uploads = new(MaxUploadBytes);
    private readonly ObjectWrites _writes;
    private readonly MultipartCalls _parts;
    private readonly CompleteUpload _complete;

    /// <param name="buckets">The buckets by name.</param>
    /// <param name="policy">Decides who may do what; null allows everything.</param>
    /// <param name="region">The region of the buckets.</param>
    /// <param name="clock">The clock; null for the real one.</param>
    public S3Endpoint(IReadOnlyDictionary<string, ObjectBucket> buckets, ICallPolicy? policy = null, string region = "us-east-1", TimeProvider? clock = null)
    {
        (_buckets, _policy, _clock) = (buckets, policy, clock ?? TimeProvider.System);
        _bucketCalls = new BucketCalls(buckets, region, _clock.GetUtcNow());
        (_writes, _parts) = (new ObjectWrites(_uploads), new MultipartCalls(_uploads));
        _complete = new CompleteUpload(_uploads, _writes);
    }

    internal bool HasBucketOf(HttpContext context) => _buckets.ContainsKey(Target(context).Bucket);

    internal async Task AnswerAsync(HttpContext context, BodyBudget budget)
    {
        context.Response.Headers["x-amz-request-id"] = context.TraceIdentifier;
        try
        {
            await AnswerAsync(Call(context, budget));
        }
        catch (S3Exception refused)
        {
            await refused.Error.WriteAsync(context);
        }
        catch (ArgumentException refused) when (refused.ParamName == "key")
        {
            await new S3Error(400, "InvalidArgument", refused.Message).WriteAsync(context);
        }
        catch (BodyTooLargeException)
        {
            context.Response.Headers.Connection = "close";
            await S3Error.TooLarge.WriteAsync(context);
        }
        catch (BodyBudgetSpentException)
        {
            await S3Error.SlowDown.WriteAsync(context);
        }
    }

    /// <exception cref="S3Exception">This endpoint does not have the operation.</exception>
    private S3Call Call(HttpContext context, BodyBudget budget)
    {
        if (PresignedUrl.Refusal(context.Request, _clock.GetUtcNow()) is { } outdated)
        {
            throw new S3Exception(outdated);
        }

        var (name, key) = Target(context);
        if (!_buckets.TryGetValue(name, out var bucket) && name.Length > 0)
        {
            // The buckets are fixed: CreateBucket of a new one is not implemented.
            throw new S3Exception(HttpMethods.IsPut(context.Request.Method) && key.Length == 0 ? S3Error.NotImplemented : S3Error.NoSuchBucket(name));
        }

        var operation = S3Request.Operation(context.Request, bucket is not null, key.Length > 0) ?? throw new S3Exception(S3Error.NotImplemented);
        return S3Request.Refusal(context.Request, operation) is { } refusal
            ? throw new S3Exception(refusal)
            : new S3Call(context, operation, name, bucket!, key, budget, _clock);
    }

    private Task AnswerAsync(S3Call call)
    {
        var source = call.Operation is "CopyObject" or "UploadPartCopy" ? CopySource.Of(call.Request, _buckets) : null;
        foreach (var (action, bucket, key) in Actions(call, source))
        {
            if (Refusal(call, action, bucket, key) is { } refusal)
            {
                throw new S3Exception(refusal);
            }
        }

        return call.Operation switch
        {
            S3Request.ListBuckets => _bucketCalls.ListAsync(call),
            "CreateBucket" => _bucketCalls.CreateAsync(call),
            "HeadBucket" => _bucketCalls.HeadAsync(call),
            "GetBucketLocation" => _bucketCalls.LocateAsync(call),
            "ListObjects" => S3Listing.ListAsync(call),
            "ListObjectsV2" => S3Listing.ListV2Async(call),
            "ListMultipartUploads" => S3Listing.ListUploadsAsync(call, _uploads),
            "GetObject" or "HeadObject" => ReadAsync(call, ObjectReads.TryAnswerAsync),
            "GetObjectAttributes" => ReadAsync(call, ObjectReads.TryDescribeAsync),
            "PutObject" => _writes.PutAsync(call),
            "CopyObject" => _writes.CopyAsync(call, source!),
            "DeleteObject" => _writes.DeleteAsync(call),
            "DeleteObjects" => _writes.DeleteManyAsync(call, key => Refusal(call, "DeleteObject", call.Name, key)),
            "CreateMultipartUpload" => _parts.CreateAsync(call),
            "UploadPart" => _parts.PutPartAsync(call),
            "UploadPartCopy" => _parts.CopyPartAsync(call, source!),
            "ListParts" => _parts.ListPartsAsync(call),
            "AbortMultipartUpload" => _parts.AbortAsync(call),
            "CompleteMultipartUpload" => _complete.AnswerAsync(call),
            var other => throw new InvalidOperationException($"Nothing answers {other}."),
        };
    }

    /// <summary>The action for which the caller needs permission. DeleteObjects is checked for each key.</summary>
    private static IEnumerable<(string Action, string Bucket, string Key)> Actions(S3Call call, CopySource? source)
    {
        if (source is not null)
        {
            yield return ("GetObject", source.Name, source.Key);
        }

        switch (call.Operation)
        {
            case "DeleteObjects":
                break;
            case "ListObjects" or List or "ListMultipartUploads":
                yield return (List, call.Name, call.Parameter("prefix") ?? "");
                break;
            case S3Request.ListBuckets or "HeadBucket" or "GetObject" or "HeadObject" or "DeleteObject":
                yield return (call.Operation, call.Name, call.Key);
                break;
            case "GetObjectAttributes":
                yield return ("GetObject", call.Name, call.Key);
                break;
            case "CreateBucket" or "GetBucketLocation":
                yield return ("HeadBucket", call.Name, "");
                break;
            default:
                yield return ("PutObject", call.Name, call.Key);
                break;
        }
    }

    private async Task ReadAsync(S3Call call, Func<S3Call, Task<bool>> tryAsync)
    {
        // Without versions an object has one version, "null".
        if (call.Parameter("versionId") is { } version && version != "null")
        {
            throw new S3Exception(S3Error.InvalidVersion(version));
        }

        if (!await tryAsync(call))
        {
            // Only a caller who may list the bucket is told that a key does not exist.
            throw new S3Exception(Refusal(call, List, call.Name, call.Key) ?? S3Error.NoSuchKey(call.Key));
        }
    }

    private S3Error? Refusal(S3Call call, string action, string bucket, string key) =>
        _policy?.Refusal(new AwsCall(AwsCall.Signer(call.Request), "S3", action) { Bucket = bucket, Key = key }) is { } message ? S3Error.AccessDenied with { Message = message } : null;

    private static (string Bucket, string Key) Target(HttpContext context)
    {
        var names = RequestTarget.Of(context).Path.TrimStart('/').Split('/', 2);
        return (Uri.UnescapeDataString(names[0]), names.Length > 1 ? Uri.UnescapeDataString(names[1]) : "");
    }
}
