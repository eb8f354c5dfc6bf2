namespace DataToEvents.Emulator.Http.S3;

/// <summary>A part of an object.</summary>
internal readonly partial record struct ByteRange(int First, int Last)
{
    public int Length => Last - First + 1;

    /// <returns>The part that a Range header asks for; null for the whole object, which S3 also returns for several ranges and for a text that is no range.</returns>
    /// <exception cref="S3Exception">The object has no such part.</exception>
    public static ByteRange? Of(string? header, int size)
    {
        var parts = Any().Match(header ?? "");
        var (first, last) = (Number(parts.Groups["first"].Value), Number(parts.Groups["last"].Value));
        return (first, last) switch
        {
            (null, null) => null,
            ( >= 0, not null) when first > last => null,
            (null, 0) => throw Unsatisfiable(header!, size),
            (null, not null) when size > 0 => new ByteRange((int)Math.Max(0, size - last.Value), size - 1),
            ({ } from, _) when from < size => new ByteRange((int)from, (int)Math.Min(size - 1, last ?? long.MaxValue)),
            _ => throw Unsatisfiable(header!, size),
        };
    }

    /// <returns>The part of its source that a copied part has; null for all of it.</returns>
    /// <exception cref="S3Exception">The value is no such part.</exception>
    public static ByteRange? OfSource(string? header, int size)
    {
        const string Name = "x-amz-copy-source-range";
        if (header is null)
        {
            return null;
        }

        var parts = Any().Match(header);
        if (!parts.Success || Number(parts.Groups["first"].Value) is not { } first || Number(parts.Groups["last"].Value) is not { } last || first > last)
        {
            throw new S3Exception(S3Error.InvalidArgument(
                "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy", Name, header));
        }

        return (first < size, last < size) switch
        {
            (false, _) => throw new S3Exception(S3Error.InvalidRequest("The specified copy range is invalid for the source object size")),
            (_, false) => throw new S3Exception(S3Error.InvalidArgument($"Range specified is not valid for source object of size: {size}", Name, header)),
            _ => new ByteRange((int)first, (int)last),
        };
    }

    private static S3Exception Unsatisfiable(string header, int size) => new(new S3Error(416, "InvalidRange", "The requested range is not satisfiable")
    {
        Details = [("ActualObjectSize", $"{size}"), ("RangeRequested", header)],
    });

    /// <summary>The number; the largest long if it is larger.</summary>
    private static long? Number(string digits) => digits.Length == 0 ? null : long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : long.MaxValue;

    [GeneratedRegex("^bytes=(?<first>[0-9]*)-(?<last>[0-9]*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Any();
}
