namespace DataToEvents.Emulator.Objects;

/// <summary>Checks and orders keys. Keys contain untrusted ids, so every bucket refuses the same ones.</summary>
public static class ObjectKey
{
    /// <summary>S3: a key has at most 1,024 bytes of UTF-8.</summary>
    public const int MaxBytes = 1024;

    private static readonly UTF8Encoding _strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The order of S3's listings: by UTF-8 bytes.</summary>
    public static IComparer<string> Order { get; } = Comparer<string>.Create(Compare);

    /// <summary>Returns the key when it is valid.</summary>
    /// <exception cref="ArgumentException">
    /// The key is empty, longer than <see cref="MaxBytes"/>, not valid Unicode, or has a segment that is empty, <c>.</c> or <c>..</c>
    /// (S3 takes such segments; its own guide says to avoid them, and here they could name a place outside the bucket).
    /// </exception>
    public static string Check(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        if (key.Length > MaxBytes || ByteCount(key) > MaxBytes)
        {
            throw new ArgumentException($"An object key has at most {MaxBytes} bytes.", nameof(key));
        }

        foreach (var segment in key.AsSpan().Split('/'))
        {
            if (key.AsSpan()[segment] is "" or "." or "..")
            {
                throw new ArgumentException($"The object key '{key}' has an empty or relative segment.", nameof(key));
            }
        }

        return key;
    }

    private static int ByteCount(string key)
    {
        try
        {
            return _strict.GetByteCount(key);
        }
        catch (EncoderFallbackException)
        {
            throw new ArgumentException("An object key is valid Unicode.", nameof(key));
        }
    }

    private static int Compare(string? left, string? right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        var same = left.AsSpan().CommonPrefixLength(right);
        return same == left.Length || same == right.Length
            ? left.Length.CompareTo(right.Length)
            : Rank(left[same]).CompareTo(Rank(right[same]));
    }

    /// <summary>UTF-16 puts surrogates, so all characters beyond U+FFFF, before U+E000; UTF-8 puts them last.</summary>
    private static int Rank(char unit) => char.IsSurrogate(unit) ? unit + 0x10000 : unit;
}
