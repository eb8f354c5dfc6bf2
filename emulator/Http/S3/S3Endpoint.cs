using System.Diagnostics.CodeAnalysis;
using DataToEvents.Emulator.Objects;
using DataToEvents.Emulator.Server;

namespace DataToEvents.Emulator.Http.S3;

/// <summary>
/// S3's REST protocol, path style: PutObject (with <c>If-None-Match: *</c>), GetObject, HeadObject, DeleteObject, HeadBucket,
/// ListObjectsV2. All other requests are refused with <c>NotImplemented</c> (<see cref="S3Request"/>) and change nothing. Each object is read into
/// memory as a whole.
/// </summary>
/// <param name="buckets">The buckets by name.</param>
/// <param name="policy">Decides who may do what; null allows everything.</param>
public sealed class S3Endpoint(IReadOnlyDictionary<string, ObjectBucket> buckets, ICallPolicy? policy = null) : IDisposable
{
    private const int MaxBodyBytes = 64 * 1024 * 1024;

    private static readonly Dictionary<string, string> NoTrailers = [];

    private readonly SemaphoreSlim _conditionalPuts = new(1);

    public void Dispose() => _conditionalPuts.Dispose();

    internal bool HasBucketOf(HttpContext context) => buckets.ContainsKey(Target(context).Bucket);

    internal async Task AnswerAsync(HttpContext context, BodyBudget budget)
    {
        var (bucketName, key) = Target(context);
        context.Response.Headers.XContentTypeOptions = "nosniff";
        try
        {
            var error = buckets.TryGetValue(bucketName, out var bucket) ? await AnswerAsync(context, bucketName, bucket, key, budget) : S3Error.NoSuchBucket;
            await (error?.WriteAsync(context) ?? Task.CompletedTask);
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

    private async Task<S3Error?> AnswerAsync(HttpContext context, string name, ObjectBucket bucket, string key, BodyBudget budget)
    {
        if (S3Request.Operation(context.Request.Method, key.Length > 0) is not { } operation)
        {
            return S3Error.NotImplemented;
        }

        if ((S3Request.Refusal(context.Request, operation) ?? Refuse(context, operation, name, key)) is { } refusal)
        {
            return refusal;
        }

        switch (operation)
        {
            case "PutObject":
                return await PutAsync(context, bucket, key, budget);
            case "GetObject" or "HeadObject":
                // Only a caller who may list the bucket is told that a key does not exist.
                return await GetAsync(context, bucket, key) is { } missing ? Refuse(context, S3Request.List, name, key) ?? missing : null;
            case "DeleteObject":
                await bucket.DeleteAsync(key, context.RequestAborted);
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                return null;
            case "HeadBucket":
                return null;
            default:
                await S3Listing.WriteAsync(context, name, bucket);
                return null;
        }
    }

    private S3Error? Refuse(HttpContext context, string operation, string bucket, string key) =>
        policy?.Refusal(Call(context.Request, operation, bucket, key)) is { } message ? S3Error.AccessDenied with { Message = message } : null;

    private static AwsCall Call(HttpRequest request, string operation, string bucket, string key) =>
        new(AwsCall.Signer(request), "S3", operation) { Bucket = bucket, Key = key.Length > 0 ? key : request.Query["prefix"].ToString() };

    private async Task<S3Error?> PutAsync(HttpContext context, ObjectBucket bucket, string key, BodyBudget budget)
    {
        using var body = await RequestBody.ReadAsync(context.Request, MaxBodyBytes, budget);
        var upload = UploadCheck.IsChunked(context.Request) ? AwsChunks.Decode(body.Bytes) : new Chunked(body.Bytes, NoTrailers);
        if (upload is not { Payload: var payload })
        {
            return new S3Error(400, "IncompleteBody", "The chunks of the request body are not what their headers say.");
        }

        if (UploadCheck.Refusal(context.Request, upload.Value) is { } refusal)
        {
            return refusal;
        }

        if (context.Request.Headers.IfNoneMatch.Count == 0)
        {
            await bucket.PutAsync(key, payload, context.RequestAborted);
        }
        else if (!await TryPutNewAsync(bucket, key, payload, context.RequestAborted))
        {
            return S3Error.PreconditionFailed;
        }

        context.Response.Headers.ETag = ETag(payload.Span);
        return null;
    }

    private async Task<bool> TryPutNewAsync(ObjectBucket bucket, string key, Memory<byte> payload, CancellationToken cancellationToken)
    {
        await _conditionalPuts.WaitAsync(cancellationToken);
        try
        {
            if (await bucket.ExistsAsync(key, cancellationToken))
            {
                return false;
            }

            await bucket.PutAsync(key, payload, cancellationToken);
            return true;
        }
        finally
        {
            _conditionalPuts.Release();
        }
    }

    private static async Task<S3Error?> GetAsync(HttpContext context, ObjectBucket bucket, string key)
    {
        if (await bucket.GetAsync(key, context.RequestAborted) is not { } content)
        {
            return S3Error.NoSuchKey;
        }

        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = content.Length;
        context.Response.Headers.ETag = ETag(content);
        context.Response.Headers.LastModified = (await bucket.InfoAsync(key, context.RequestAborted))?.Modified.ToString("R", CultureInfo.InvariantCulture);
        if (HttpMethods.IsGet(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(content, context.RequestAborted);
        }

        return null;
    }

    [SuppressMessage("Security", "CA5351", Justification = "S3's entity tags are MD5; they protect nothing.")]
    internal static string ETag(ReadOnlySpan<byte> content) => $"\"{Convert.ToHexStringLower(MD5.HashData(content))}\"";

    private static (string Bucket, string Key) Target(HttpContext context)
    {
        var names = RequestTarget.Of(context).Path.TrimStart('/').Split('/', 2);
        return (Uri.UnescapeDataString(names[0]), names.Length > 1 ? Uri.UnescapeDataString(names[1]) : "");
    }
}
