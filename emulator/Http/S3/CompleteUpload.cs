using System.Xml.Linq;
using DataToEvents.Emulator.Objects;
using DataToEvents.Emulator.Server;

namespace DataToEvents.Emulator.Http.S3;

/// <summary>CompleteMultipartUpload: makes an object of an upload's parts.</summary>
internal sealed class CompleteUpload(MultipartUploads uploads, ObjectWrites writes)
{
    /// <summary>S3: every part but the last has 5 MiB at least.</summary>
    private const int MinPartBytes = 5 * 1024 * 1024;

    private const int MaxBodyBytes = 4 * 1024 * 1024;

    public async Task AnswerAsync(S3Call call)
    {
        using var body = await RequestBody.ReadAsync(call.Request, MaxBodyBytes, call.Budget);
        var upload = uploads.Of(call);
        var parts = Parts(upload, S3Xml.Read(body.Bytes, "CompleteMultipartUpload"));
        VerifyType(call, upload);
        var content = Join(parts);
        VerifySize(call, content.Length);
        var checksum = Checksum(upload, parts, content);
        VerifyChecksum(call, upload, checksum);
        var tag = Tag(parts);
        var headers = new Dictionary<string, string>(upload.Headers) { [ObjectContent.ETagHeader] = tag };
        checksum.Keep(headers);
        ObjectPart.Keep(headers, parts);
        await writes.StoreAsync(call, content, headers, condition => VerifyNotOvertaken(call, upload, condition));
        uploads.Remove(upload);
        var location = $"{call.Request.Scheme}://{call.Request.Host}/{call.Name}/{S3Listing.UrlEncoded(call.Key)}";
        await S3Xml.WriteAsync(call.Http, S3Xml.Element(
            "CompleteMultipartUploadResult", [("Location", location), ("Bucket", call.Name), ("Key", call.Key), ("ETag", $"\"{tag}\""), .. checksum.Elements()]));
    }

    private List<UploadedPart> Parts(MultipartUpload upload, XElement request)
    {
        var uploaded = uploads.Parts(upload).ToDictionary();
        var listed = request.Elements().Select(static part => (
            Number: part.Name == "Part" && int.TryParse(part.Element("PartNumber")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new S3Exception(S3Error.MalformedXml),
            Element: part)).ToList();
        if (listed.Count == 0)
        {
            throw new S3Exception(S3Error.InvalidRequest("You must specify at least one part"));
        }

        if (listed.Zip(listed.Skip(1)).Any(static pair => pair.First.Number >= pair.Second.Number))
        {
            throw new S3Exception(new S3Error(400, "InvalidPartOrder", "The list of parts was not in ascending order. Parts must be ordered by part number.") { Details = [("UploadId", upload.Id)] });
        }

        var parts = listed.ConvertAll(part => Part(upload, uploaded, part.Number, part.Element));
        for (var i = 0; i < parts.Count - 1; i++)
        {
            VerifyLarge(parts[i], listed[i].Number);
        }

        return parts;
    }

    private static UploadedPart Part(MultipartUpload upload, Dictionary<int, UploadedPart> uploaded, int number, XElement request)
    {
        var tag = request.Element("ETag")?.Value.Trim('"') ?? throw new S3Exception(S3Error.MalformedXml);
        var known = uploaded.TryGetValue(number, out var part) && part.ETag == tag;
        foreach (var member in request.Elements().Where(static member => member.Name != "PartNumber" && member.Name != "ETag"))
        {
            // A checksum by another algorithm than the upload's cannot match.
            known &= member.Name.LocalName == upload.Algorithm?.Element && member.Value == part?.Checksum;
        }

        if (!known)
        {
            throw new S3Exception(new S3Error(
                400, "InvalidPart", "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.")
            {
                Details = [("ETag", tag), ("PartNumber", $"{number}"), ("UploadId", upload.Id)],
            });
        }

        if (upload is { Algorithm: { } algorithm, ChecksumType: S3Checksum.Composite } && request.Element(algorithm.Element) is null)
        {
            var name = algorithm.Name.ToLowerInvariant();
            throw new S3Exception(S3Error.InvalidRequest(
                $"The upload was created using a {name} checksum. The complete request must include the checksum for each part. It was missing for part {number} in the request."));
        }

        return part!;
    }

    private static void VerifyLarge(UploadedPart part, int number)
    {
        if (part.Body.Length < MinPartBytes)
        {
            throw new S3Exception(new S3Error(400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size")
            {
                Details = [("ETag", part.ETag), ("MinSizeAllowed", $"{MinPartBytes}"), ("PartNumber", $"{number}"), ("ProposedSize", $"{part.Body.Length}")],
            });
        }
    }

    private static void VerifyType(S3Call call, MultipartUpload upload)
    {
        if (call.Header(S3Checksum.TypeHeader) is { } type && type != (upload.Algorithm is null ? null : upload.ChecksumType))
        {
            throw new S3Exception(S3Error.InvalidRequest(
                $"The upload was created using the {(upload.Algorithm is null ? "null" : upload.ChecksumType)} checksum mode. The complete request must use the same checksum mode."));
        }
    }

    private static void VerifySize(S3Call call, int size)
    {
        if (call.Header("x-amz-mp-object-size") is { } stated && stated != $"{size}")
        {
            throw new S3Exception(S3Error.InvalidRequest($"The provided 'x-amz-mp-object-size' header value {stated} does not match what was computed: {size}"));
        }
    }

    private static void VerifyChecksum(S3Call call, MultipartUpload upload, ObjectChecksum computed)
    {
        // If the request does not name the type of a value, the value has its algorithm's default type.
        var type = call.Header(S3Checksum.TypeHeader) ?? computed.Algorithm.DefaultType;
        foreach (var header in S3Checksum.Headers.Where(header => call.Header(header) is not null))
        {
            var stated = call.Header(header)!;
            if (upload.Algorithm is null && header != computed.Algorithm.Header && stated.Contains('-', StringComparison.Ordinal))
            {
                // Recorded on AWS: an upload without an algorithm does not look at the checksum of its parts.
                continue;
            }

            if (header != computed.Algorithm.Header || stated.Split('-')[0] != computed.Value.Split('-')[0] || type != computed.Type)
            {
                throw new S3Exception(new S3Error(400, "BadDigest", $"The {computed.Algorithm.Name.ToLowerInvariant()} you specified did not match the calculated checksum."));
            }
        }
    }

    private static void VerifyNotOvertaken(S3Call call, MultipartUpload upload, string condition)
    {
        if (upload.IsOvertaken)
        {
            throw new S3Exception(new S3Error(409, "ConditionalRequestConflict", "The conditional request cannot succeed due to a conflicting operation against this resource.")
            {
                Details = [("Condition", condition), ("Key", call.Key)],
            });
        }
    }

    private static byte[] Join(List<UploadedPart> parts)
    {
        var content = new byte[parts.Sum(static part => part.Body.Length)];
        var written = 0;
        foreach (var part in parts)
        {
            part.Body.CopyTo(content, written);
            written += part.Body.Length;
        }

        return content;
    }

    private static string Tag(List<UploadedPart> parts) =>
        $"{ObjectContent.Md5(parts.SelectMany(static part => Convert.FromHexString(part.ETag)).ToArray())}-{parts.Count}";

    private static ObjectChecksum Checksum(MultipartUpload upload, List<UploadedPart> parts, byte[] content)
    {
        var algorithm = upload.Algorithm ?? S3Checksum.Default;
        return upload.ChecksumType == S3Checksum.FullObject
            ? new ObjectChecksum(algorithm, algorithm.Of(content))
            : new ObjectChecksum(algorithm, $"{algorithm.Of(parts.SelectMany(static part => Convert.FromBase64String(part.Checksum!)).ToArray())}-{parts.Count}", S3Checksum.Composite);
    }
}
