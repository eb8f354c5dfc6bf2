namespace DataToEvents.Emulator.Objects;

/// <summary>
/// Turns a key into file names and back. Readable keys stay as they are (<c>lake/year=2026/x.json.gz</c>); three things differ:
/// characters that some file system refuses become <c>%XX</c>; names too long for a file system become nested folders ending in
/// <c>%+</c>; and since S3 may hold both <c>a</c> and <c>a/b</c>, a file without a dot and a folder with one get a trailing
/// <c>%</c>, so that no file can be in the way of a folder.
/// </summary>
internal static class KeyPath
{
    /// <summary>File systems take 255 bytes a name; a chunk may grow by the marks.</summary>
    private const int MaxNameBytes = 240;

    private const string Mark = "%";
    private const string Continued = "%+";

    private static readonly SearchValues<char> _refused = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(static code => (char)code), '%', '"', '*', ':', '<', '>', '?', '\\', '|', '\u007f']);

    public static string Of(string key)
    {
        var segments = key.Split('/');
        var path = new StringBuilder();
        for (var i = 0; i < segments.Length; i++)
        {
            var isFile = i == segments.Length - 1;
            var name = AppendChunks(path, Encode(segments[i]));
            path.Append(name).Append(segments[i].Contains('.') != isFile ? Mark : "").Append(isFile ? "" : "/");
        }

        return path.ToString();
    }

    /// <summary>The text that a folder adds to the front of the keys inside it.</summary>
    public static string FolderToKey(string name) =>
        name.EndsWith(Continued, StringComparison.Ordinal) ? Decode(name[..^Continued.Length]) : Decode(WithoutMark(name)) + "/";

    public static string FileToKey(string name) => Decode(WithoutMark(name));

    private static string WithoutMark(string name) => name.EndsWith(Mark, StringComparison.Ordinal) ? name[..^Mark.Length] : name;

    /// <summary>Appends the parts of a name that is too long as folders and returns the rest.</summary>
    private static string AppendChunks(StringBuilder path, string name)
    {
        while (Encoding.UTF8.GetByteCount(name) > MaxNameBytes)
        {
            var cut = Cut(name);
            path.Append(name, 0, cut).Append(Continued).Append('/');
            name = name[cut..];
        }

        return name;
    }

    private static int Cut(string name)
    {
        var cut = 0;
        for (var bytes = 0; cut < name.Length; cut += Width(name, cut))
        {
            bytes += Encoding.UTF8.GetByteCount(name.AsSpan(cut, Width(name, cut)));
            if (bytes > MaxNameBytes)
            {
                break;
            }
        }

        return cut;
    }

    /// <summary>An escape or a surrogate pair is never cut.</summary>
    private static int Width(string name, int at) => name[at] == '%' ? 3 : char.IsHighSurrogate(name[at]) ? 2 : 1;

    private static string Encode(string segment)
    {
        // Windows drops a dot or a blank at the end of a name.
        var plain = !segment.AsSpan().ContainsAny(_refused) && segment[^1] is not ('.' or ' ');
        if (plain)
        {
            return segment;
        }

        var encoded = new StringBuilder();
        for (var i = 0; i < segment.Length; i++)
        {
            var refused = _refused.Contains(segment[i]) || (i == segment.Length - 1 && segment[i] is '.' or ' ');
            encoded = refused
                ? encoded.Append(CultureInfo.InvariantCulture, $"%{(int)segment[i]:X2}")
                : encoded.Append(segment[i]);
        }

        return encoded.ToString();
    }

    private static string Decode(string name)
    {
        var decoded = new StringBuilder(name.Length);
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] == '%' && byte.TryParse(name.AsSpan(i + 1, Math.Min(2, name.Length - i - 1)), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                decoded.Append((char)code);
                i += 2;
                continue;
            }

            decoded.Append(name[i]);
        }

        return decoded.ToString();
    }
}
