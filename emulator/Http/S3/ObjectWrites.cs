using System.Xml.Linq;
using DataToEvents.Emulator.Objects;
using DataToEvents.Emulator.Server;

namespace DataToEvents.Emulator.Http.S3;

/// <summary>PutObject, CopyObject, DeleteObject, DeleteObjects: one write at a time for each key, so that a condition still holds when the object is stored.</summary>
/// <param name="uploads">The uploads that are not complete.</param>
internal sealed class ObjectWrites(MultipartUploads uploads)
{
    public const int MaxBodyBytes = 64 * 1024 * 1024;

    private const int MaxDeletes = 1000;
    private const int MaxDeleteBytes = 8 * 1024 * 1024;

    private readonly KeyLocks _locks = new();

    public async Task PutAsync(S3Call call)
    {
        using var body = await RequestBody.ReadAsync(call.Request, MaxBodyBytes, call.Budget);
        var (payload, algorithm) = UploadCheck.Verify(call.Request, body.Bytes);
        var headers = KeptHeaders.Of(call.Request);
        var checksum = Checksum(algorithm ?? S3Checksum.Default, payload.Span);
        checksum.Keep(headers);
        await StoreAsync(call, payload, headers);
        call.Response.Headers.ETag = $"\"{ObjectContent.Md5(payload.Span)}\"";
        checksum.Write(call.Response);
    }

    public async Task CopyAsync(S3Call call, CopySource source)
    {
        var content = await source.ReadAsync(call);
        var replaces = Replaces(call);
        if (!replaces && source.Name == call.Name && source.Key == call.Key && call.Header("x-amz-storage-class") is null)
        {
            throw new S3Exception(S3Error.InvalidRequest(
                "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes."));
        }

        var headers = replaces ? KeptHeaders.Of(call.Request) : KeptHeaders.Of(content);
        var algorithm = call.Header("x-amz-checksum-algorithm") is { } wanted ? S3Checksum.Named(wanted) : ObjectChecksum.Of(content).Algorithm;
        var checksum = Checksum(algorithm, content.Body);
        checksum.Keep(headers);
        await StoreAsync(call, content.Body, headers);
        var modified = (await call.Bucket.InfoAsync(call.Key, call.Aborted))?.Modified ?? DateTimeOffset.UnixEpoch;
        await S3Xml.WriteAsync(call.Http, S3Xml.Element("CopyObjectResult", [("LastModified", S3Xml.Time(modified)), ("ETag", $"\"{ObjectContent.Md5(content.Body)}\""), .. checksum.Elements()]));
    }

    public async Task DeleteAsync(S3Call call)
    {
        if (call.Parameter("versionId") is { } version)
        {
            // Without versions an object has one version, "null".
            throw new S3Exception(version == "null" ? S3Error.NotHonoured("versionId") : S3Error.InvalidVersion(version));
        }

        await DeleteAsync(call, call.Key);
        call.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <param name="call">The request.</param>
    /// <param name="refusal">Why the caller may not delete a key; null if it may.</param>
    public async Task DeleteManyAsync(S3Call call, Func<string, S3Error?> refusal)
    {
        using var body = await RequestBody.ReadAsync(call.Request, MaxDeleteBytes, call.Budget);
        var (payload, checksum) = UploadCheck.Verify(call.Request, body.Bytes);
        if (checksum is null && call.Request.Headers.ContentMD5.Count == 0)
        {
            throw new S3Exception(S3Error.InvalidRequest("Missing required header for this request: Content-MD5 OR x-amz-checksum-*"));
        }

        var (keys, isQuiet) = Deletes(S3Xml.Read(payload, "Delete"));
        var result = new XElement(S3Xml.Names + "DeleteResult");
        foreach (var (key, version) in keys)
        {
            if (version is not null)
            {
                result.Add(S3Xml.Element("Error", ("Key", key), ("VersionId", version), ("Code", "NoSuchVersion"), ("Message", "The specified version does not exist.")));
                continue;
            }

            if (refusal(key) is { } error)
            {
                result.Add(S3Xml.Element("Error", ("Key", key), ("Code", error.Code), ("Message", error.Message)));
                continue;
            }

            await DeleteAsync(call, key);
            if (!isQuiet)
            {
                result.Add(S3Xml.Element("Deleted", ("Key", key)));
            }
        }

        await S3Xml.WriteAsync(call.Http, result);
    }

    /// <summary>Stores the object if the request's condition holds.</summary>
    /// <param name="call">The request.</param>
    /// <param name="body">The content.</param>
    /// <param name="headers">The headers that are kept with it.</param>
    /// <param name="verify">Called with the request's condition, if it has one, once that holds.</param>
    public async Task StoreAsync(S3Call call, ReadOnlyMemory<byte> body, IReadOnlyDictionary<string, string> headers, Action<string>? verify = null)
    {
        using var alone = await _locks.TakeAsync(call.Key, call.Aborted);
        if (await S3Conditions.VerifyWriteAsync(call) is { } condition)
        {
            verify?.Invoke(condition);
        }

        await call.Bucket.PutAsync(call.Key, body, headers, call.Aborted);
        uploads.Overtake(call.Name, call.Key);
    }

    private async Task DeleteAsync(S3Call call, string key)
    {
        using var alone = await _locks.TakeAsync(key, call.Aborted);
        await S3Conditions.VerifyWriteAsync(call);
        await call.Bucket.DeleteAsync(key, call.Aborted);
        uploads.Overtake(call.Name, key);
    }

    private static ObjectChecksum Checksum(S3Checksum algorithm, ReadOnlySpan<byte> content) => new(algorithm, algorithm.Of(content));

    private static bool Replaces(S3Call call) => call.Header("x-amz-metadata-directive") switch
    {
        null or "COPY" => false,
        "REPLACE" => true,
        var other => throw new S3Exception(S3Error.InvalidArgument("Unknown metadata directive.", "x-amz-metadata-directive", other)),
    };

    private static (List<(string Key, string? Version)> Keys, bool IsQuiet) Deletes(XElement request)
    {
        var (keys, isQuiet) = (new List<(string, string?)>(), false);
        foreach (var element in request.Elements())
        {
            switch (element.Name.LocalName)
            {
                case "Quiet":
                    isQuiet = element.Value == "true";
                    break;
                case "Object" when element.Element("Key")?.Value is { Length: > 0 } key:
                    var version = element.Element("VersionId");
                    keys.Add(element.Elements().FirstOrDefault(member => member.Name != "Key" && (member != version || version?.Value == "null")) is { } other
                        ? throw new S3Exception(S3Error.NotHonoured(other.Name.LocalName))
                        : (key, version?.Value));
                    break;
                default:
                    throw new S3Exception(S3Error.MalformedXml);
            }
        }

        return keys.Count is > 0 and <= MaxDeletes ? (keys, isQuiet) : throw new S3Exception(S3Error.MalformedXml);
    }
}
