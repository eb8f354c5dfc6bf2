using System.Xml.Linq;
using DataToEvents.Emulator.Objects;

namespace DataToEvents.Emulator.Http.S3;

/// <summary>The listings of a bucket: ListObjects, ListObjectsV2, ListMultipartUploads.</summary>
internal static class S3Listing
{
    private const int MaxEntries = 1000;

    /// <summary>A part of a listing.</summary>
    /// <param name="Call">The request.</param>
    /// <param name="Prefix">The listing has only keys that begin with this.</param>
    /// <param name="Delimiter">Keys that are equal up to it are listed as one prefix. Empty: each key is listed by itself.</param>
    /// <param name="Limit">The largest number of entries in the part.</param>
    private sealed record Page(S3Call Call, string Prefix, string Delimiter, int Limit)
    {
        private readonly bool _encodes = Encodes(Call);

        public bool IsEncoded => _encodes;

        public static Page Of(S3Call call, string limit) =>
            new(call, call.Parameter("prefix") ?? "", call.Parameter("delimiter") ?? "", Math.Min(call.Number(limit, MaxEntries), MaxEntries));

        /// <summary>The key itself, or the prefix that it shares with others up to the delimiter.</summary>
        public string Entry(string key)
        {
            var end = Delimiter.Length == 0 ? -1 : key.IndexOf(Delimiter, Prefix.Length, StringComparison.Ordinal);
            return end < 0 ? key : key[..(end + Delimiter.Length)];
        }

        public bool IsPrefix(string entry) => Delimiter.Length > 0 && entry.Length > Prefix.Length && entry.EndsWith(Delimiter, StringComparison.Ordinal);

        /// <exception cref="S3Exception">XML has no such text, and the client did not ask for an encoding.</exception>
        public string Text(string text) => _encodes ? UrlEncoded(text) : S3Xml.CanHold(text) ? text : throw new S3Exception(S3Error.InvalidArgument(
            "The listing has a character that XML cannot hold. Ask for it with encoding-type=url.", "encoding-type", ""));

        public XElement CommonPrefix(string entry) => new(S3Xml.Names + "CommonPrefixes", new XElement(S3Xml.Names + "Prefix", Text(entry)));

        private static bool Encodes(S3Call call) => call.Request.Query.TryGetValue("encoding-type", out var type)
            && (type == "url" ? true : throw new S3Exception(S3Error.InvalidArgument("Invalid Encoding Method specified in Request", "encoding-type", type.ToString())));
    }

    public static string UrlEncoded(string text) => Uri.EscapeDataString(text).Replace("%2F", "/", StringComparison.Ordinal);

    public static async Task ListAsync(S3Call call)
    {
        var page = Page.Of(call, "max-keys");
        var marker = call.Parameter("marker") ?? "";
        var (entries, isTruncated) = await EntriesAsync(page, marker);
        var result = S3Xml.Element("ListBucketResult", ("Name", call.Name), ("Prefix", page.Text(page.Prefix)), ("Marker", page.Text(marker)));
        // Without a delimiter the last key is the next marker.
        AddIf(result, isTruncated && page.Delimiter.Length > 0, "NextMarker", () => page.Text(entries[^1]));
        S3Xml.Add(result, ("MaxKeys", $"{page.Limit}"));
        AddIf(result, page.Delimiter.Length > 0, "Delimiter", () => page.Text(page.Delimiter));
        AddIf(result, page.IsEncoded, "EncodingType", static () => "url");
        S3Xml.Add(result, ("IsTruncated", Text(isTruncated)));
        await WriteAsync(page, entries, result, hasOwner: true);
    }

    public static async Task ListV2Async(S3Call call)
    {
        var page = Page.Of(call, "max-keys");
        var (token, start) = (Token(call), call.Parameter("start-after"));
        var (entries, isTruncated) = await EntriesAsync(page, token ?? start ?? "");
        var result = S3Xml.Element("ListBucketResult", ("Name", call.Name), ("Prefix", page.Text(page.Prefix)));
        AddIf(result, token is not null, "ContinuationToken", () => OfKey(token!));
        AddIf(result, token is null && start is not null, "StartAfter", () => page.Text(start!));
        AddIf(result, isTruncated, "NextContinuationToken", () => OfKey(entries[^1]));
        S3Xml.Add(result, ("KeyCount", $"{entries.Count}"), ("MaxKeys", $"{page.Limit}"));
        AddIf(result, page.Delimiter.Length > 0, "Delimiter", () => page.Text(page.Delimiter));
        AddIf(result, page.IsEncoded, "EncodingType", static () => "url");
        S3Xml.Add(result, ("IsTruncated", Text(isTruncated)));
        await WriteAsync(page, entries, result, hasOwner: call.Parameter("fetch-owner") == "true");
    }

    public static async Task ListUploadsAsync(S3Call call, MultipartUploads uploads)
    {
        var page = Page.Of(call, "max-uploads");
        var keyMarker = call.Parameter("key-marker") ?? "";
        var idMarker = keyMarker.Length > 0 ? call.Parameter("upload-id-marker") ?? "" : "";
        var all = uploads.List(call.Name, page.Prefix);
        var rest = Rest(page, all, keyMarker, idMarker);
        var shown = rest.Take(page.Limit).ToList();
        var last = shown.LastOrDefault();
        var result = S3Xml.Element(
            "ListMultipartUploadsResult", ("Bucket", call.Name), ("KeyMarker", page.Text(keyMarker)), ("UploadIdMarker", idMarker), ("NextKeyMarker", page.Text(last.Upload?.Key ?? "")), ("NextUploadIdMarker", last.Upload?.Id ?? ""));
        AddIf(result, page.Prefix.Length > 0, "Prefix", () => page.Text(page.Prefix));
        AddIf(result, page.Delimiter.Length > 0, "Delimiter", () => page.Text(page.Delimiter));
        AddIf(result, page.IsEncoded, "EncodingType", static () => "url");
        S3Xml.Add(result, ("MaxUploads", $"{page.Limit}"), ("IsTruncated", Text(page.Limit > 0 && shown.Count < rest.Count)));
        result.Add(shown.Where(static entry => entry.Upload is not null).Select(entry => Element(page, entry.Upload!)));
        result.Add(shown.Where(static entry => entry.Upload is null).Select(entry => page.CommonPrefix(entry.Name)));
        await S3Xml.WriteAsync(call.Http, result);
    }

    /// <summary>The entries after the markers: uploads, or prefixes that several of them share.</summary>
    private static List<(string Name, MultipartUpload? Upload)> Rest(Page page, IReadOnlyList<MultipartUpload> all, string keyMarker, string idMarker)
    {
        var skipsKey = keyMarker.Length > 0 && idMarker.Length == 0;
        var rest = all.SkipWhile(upload => keyMarker.Length > 0 && ObjectKey.Order.Compare(upload.Key, keyMarker) < (skipsKey ? 1 : 0)).ToList();
        if (idMarker.Length > 0)
        {
            var at = rest.FindIndex(upload => upload.Key == keyMarker && upload.Id == idMarker);
            rest = at >= 0 ? rest[(at + 1)..] : throw new S3Exception(S3Error.InvalidArgument("Invalid uploadId marker", "upload-id-marker", idMarker));
        }

        return rest.Select(upload => (Name: page.Entry(upload.Key), Upload: page.IsPrefix(page.Entry(upload.Key)) ? null : upload))
            .Where(entry => entry.Upload is not null || ObjectKey.Order.Compare(entry.Name, keyMarker) > 0)
            .Distinct()
            .ToList();
    }

    private static XElement Element(Page page, MultipartUpload upload)
    {
        var element = S3Xml.Element("Upload", ("UploadId", upload.Id), ("Key", page.Text(upload.Key)));
        element.Add(S3Xml.Owner("Initiator"), S3Xml.Owner());
        S3Xml.Add(element, ("StorageClass", "STANDARD"), ("Initiated", S3Xml.Time(upload.Initiated)));
        MultipartCalls.AddChecksum(element, upload);
        return element;
    }

    private static async Task<(List<string> Entries, bool IsTruncated)> EntriesAsync(Page page, string after)
    {
        var entries = (await page.Call.Bucket.ListAsync(page.Prefix, page.Call.Aborted))
            .Select(page.Entry)
            .Distinct()
            .Where(entry => ObjectKey.Order.Compare(entry, after) > 0)
            .Take(page.Limit + 1)
            .ToList();
        // A request for no keys is never truncated.
        return (entries.Take(page.Limit).ToList(), page.Limit > 0 && entries.Count > page.Limit);
    }

    private static async Task WriteAsync(Page page, List<string> entries, XElement result, bool hasOwner)
    {
        foreach (var key in entries.Where(entry => !page.IsPrefix(entry)))
        {
            // An object may be removed after the listing began.
            if (await page.Call.Bucket.ETagAsync(key, page.Call.Aborted) is { } tag && await page.Call.Bucket.InfoAsync(key, page.Call.Aborted) is { } info)
            {
                var element = S3Xml.Element("Contents", ("Key", page.Text(key)), ("LastModified", S3Xml.Time(info.Modified)), ("ETag", $"\"{tag}\""), ("Size", $"{info.Bytes}"));
                element.Add(hasOwner ? S3Xml.Owner() : null);
                S3Xml.Add(element, ("StorageClass", "STANDARD"));
                result.Add(element);
            }
        }

        result.Add(entries.Where(page.IsPrefix).Select(page.CommonPrefix));
        await S3Xml.WriteAsync(page.Call.Http, result);
    }

    /// <returns>The key at which a listing goes on; null if the request is for its beginning.</returns>
    /// <exception cref="S3Exception">The token is not from a listing.</exception>
    private static string? Token(S3Call call)
    {
        if (!call.Request.Query.TryGetValue("continuation-token", out var token))
        {
            return null;
        }

        try
        {
            return token.ToString() is { Length: > 0 } text
                ? Encoding.UTF8.GetString(Convert.FromHexString(text))
                : throw new FormatException();
        }
        catch (FormatException)
        {
            throw new S3Exception(new S3Error(400, "InvalidArgument", "The continuation token provided is incorrect") { Details = [("ArgumentName", "continuation-token")] });
        }
    }

    private static string OfKey(string key) => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(key));

    private static string Text(bool value) => value ? "true" : "false";

    private static void AddIf(XElement element, bool condition, string name, Func<string> value)
    {
        if (condition)
        {
            S3Xml.Add(element, (name, value()));
        }
    }
}
