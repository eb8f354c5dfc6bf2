using DataToEvents.Emulator.Objects;

namespace DataToEvents.Emulator.Http.S3;

/// <summary>The headers that S3 keeps with an object and returns with it.</summary>
internal static class KeptHeaders
{
    public const string MetadataPrefix = "x-amz-meta-";
    public const string DefaultContentType = "binary/octet-stream";

    /// <summary>S3: names and values of user metadata have at most 2 KB together ("Working with object metadata" in the Amazon S3 User Guide).</summary>
    private const int MaxMetadataBytes = 2048;

    private const string ContentType = "Content-Type";
    private const string ContentEncoding = "Content-Encoding";

    /// <summary>The headers that S3 keeps with an object, beside the content type.</summary>
    public static readonly string[] System = ["Cache-Control", "Content-Disposition", ContentEncoding, "Content-Language", "Expires"];

    /// <summary>The parameters by which a request to read an object chooses headers of the response.</summary>
    public static readonly (string Parameter, string Header)[] Overrides =
        [.. System.Prepend(ContentType).Select(static header => ($"response-{header.ToLowerInvariant()}", header))];

    /// <returns>The headers of the request that are kept with its object.</returns>
    /// <exception cref="S3Exception">S3 does not keep it as it is.</exception>
    public static Dictionary<string, string> Of(HttpRequest request)
    {
        var kept = request.Headers.Where(static header => IsKept(header.Key))
            .Select(static header => KeyValuePair.Create(header.Key, Value(header.Key, header.Value.ToString())))
            .Where(static header => header.Value.Length > 0 || IsMetadata(header.Key))
            .ToDictionary(static header => IsMetadata(header.Key) ? header.Key.ToLowerInvariant() : header.Key, static header => header.Value, StringComparer.OrdinalIgnoreCase);
        if (kept.GetValueOrDefault(ContentType) == DefaultContentType)
        {
            kept.Remove(ContentType);
        }

        // S3 changes them in ways of its own.
        if (kept.FirstOrDefault(static header => !Ascii.IsValid(header.Value)) is { Key: { } other })
        {
            throw new S3Exception(S3Error.NotHonoured($"{other} with a character that is not ASCII"));
        }

        return kept.Where(static header => IsMetadata(header.Key)).Sum(static header => header.Key.Length - MetadataPrefix.Length + header.Value.Length) <= MaxMetadataBytes
            ? kept
            : throw new S3Exception(new S3Error(400, "MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size"));
    }

    /// <summary>Writes an object's headers, or those that the request chooses instead, into a response.</summary>
    /// <exception cref="S3Exception">The request chooses a value that no header can have.</exception>
    public static void Write(S3Call call, ObjectContent content)
    {
        var chosen = Overrides.Select(name => (name.Header, Value: Chosen(call, name.Parameter))).Where(static header => header.Value is not null).ToList();
        call.Response.ContentType = DefaultContentType;
        foreach (var (name, value) in content.Headers.Where(static header => IsKept(header.Key)))
        {
            call.Response.Headers[name] = value;
        }

        chosen.ForEach(header => call.Response.Headers[header.Header] = header.Value);
    }

    /// <summary>The headers of an object that a copy has too, without what only says how it was uploaded.</summary>
    public static Dictionary<string, string> Of(ObjectContent content) =>
        content.Headers.Where(static header => IsKept(header.Key)).ToDictionary(StringComparer.OrdinalIgnoreCase);

    public static bool IsMetadata(string header) => header.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase);

    private static string? Chosen(S3Call call, string parameter) => call.Parameter(parameter) switch
    {
        { } value when value.Any(static character => character > '\u00ff' || char.IsControl(character)) =>
            throw new S3Exception(S3Error.InvalidArgument("Header value cannot be represented using ISO-8859-1.", parameter, value)),
        { } value when !Ascii.IsValid(value) => throw new S3Exception(S3Error.NotHonoured($"{parameter} with a character that is not ASCII")),
        var value => value,
    };

    private static bool IsKept(string header) =>
        IsMetadata(header) || header.Equals(ContentType, StringComparison.OrdinalIgnoreCase) || System.Contains(header, StringComparer.OrdinalIgnoreCase);

    /// <summary>aws-chunked encodes the request and not the object.</summary>
    private static string Value(string header, string value) => header.Equals(ContentEncoding, StringComparison.OrdinalIgnoreCase)
        ? string.Join(',', value.Split(',', StringSplitOptions.TrimEntries).Where(static coding => !coding.Equals("aws-chunked", StringComparison.OrdinalIgnoreCase)))
        : value;
}
