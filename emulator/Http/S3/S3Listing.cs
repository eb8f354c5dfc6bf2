using System.Xml.Linq;
using DataToEvents.Emulator.Objects;

namespace DataToEvents.Emulator.Http.S3;

/// <summary>ListObjectsV2, without entity tags: computing them would mean reading every object.</summary>
internal static class S3Listing
{
    /// <summary>The encoding of keys and prefixes that a client may ask for, because XML cannot hold every character of a key.</summary>
    public const string UrlEncoding = "url";

    private const int MaxKeys = 1_000;

    private static readonly XNamespace Xml = "http://s3.amazonaws.com/doc/2006-03-01/";

    public static async Task WriteAsync(HttpContext context, string name, ObjectBucket bucket)
    {
        var query = context.Request.Query;
        var (prefix, delimiter) = (query["prefix"].ToString(), query["delimiter"].ToString());
        Func<string, string> encode = query["encoding-type"].Count > 0 ? static text => Uri.EscapeDataString(text).Replace("%2F", "/", StringComparison.Ordinal) : static text => text;
        var after = query["continuation-token"].Count > 0 ? query["continuation-token"].ToString() : query["start-after"].ToString();
        var limit = int.TryParse(query["max-keys"], CultureInfo.InvariantCulture, out var wanted) ? Math.Clamp(wanted, 0, MaxKeys) : MaxKeys;
        var entries = (await bucket.ListAsync(prefix, context.RequestAborted))
            .Select(key => Entry(key, prefix, delimiter))
            .Distinct()
            .Where(entry => ObjectKey.Order.Compare(entry, after) > 0)
            .Take(limit + 1)
            .ToList();
        var page = entries.Take(limit).ToList();
        // A request for no keys is never truncated.
        var isTruncated = limit > 0 && entries.Count > limit;
        var result = new XElement(
            Xml + "ListBucketResult",
            new XElement(Xml + "Name", name),
            new XElement(Xml + "Prefix", encode(prefix)),
            new XElement(Xml + "KeyCount", page.Count),
            new XElement(Xml + "MaxKeys", limit),
            new XElement(Xml + "IsTruncated", isTruncated));
        if (query["encoding-type"].Count > 0)
        {
            result.Add(new XElement(Xml + "EncodingType", UrlEncoding));
        }

        if (isTruncated)
        {
            result.Add(new XElement(Xml + "NextContinuationToken", page[^1]));
        }

        foreach (var entry in page)
        {
            result.Add(await ElementAsync(bucket, entry, delimiter, prefix, encode));
        }

        context.Response.ContentType = "application/xml";
        await context.Response.WriteAsync("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + result.ToString(SaveOptions.DisableFormatting));
    }

    /// <summary>The key itself, or the prefix that it shares with others up to the delimiter.</summary>
    private static string Entry(string key, string prefix, string delimiter)
    {
        var end = delimiter.Length == 0 ? -1 : key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
        return end < 0 ? key : key[..(end + delimiter.Length)];
    }

    private static async Task<XElement> ElementAsync(ObjectBucket bucket, string entry, string delimiter, string prefix, Func<string, string> encode)
    {
        if (delimiter.Length > 0 && entry.Length > prefix.Length && entry.EndsWith(delimiter, StringComparison.Ordinal))
        {
            return new XElement(Xml + "CommonPrefixes", new XElement(Xml + "Prefix", encode(entry)));
        }

        // The object was removed after the listing began.
        var info = await bucket.InfoAsync(entry) ?? new ObjectInfo(0, DateTimeOffset.UnixEpoch);
        return new XElement(
            Xml + "Contents",
            new XElement(Xml + "Key", encode(entry)),
            new XElement(Xml + "LastModified", info.Modified.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)),
            new XElement(Xml + "Size", info.Bytes),
            new XElement(Xml + "StorageClass", "STANDARD"));
    }
}
