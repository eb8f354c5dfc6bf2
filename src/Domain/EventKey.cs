namespace DataToEvents.Domain;

/// <summary>
/// Identifies an event within its stream by id and source (CloudEvents 1.0.2: "source + id is unique for each distinct event"). The id comes first, so that
/// keys are ordered as ids are; a tab comes between, because neither an id nor a source can hold a control character.
/// </summary>
public static class EventKey
{
    /// <summary>Bytes of UTF-8. DynamoDB takes 1,024 in a sort key; the rest is for a prefix, as the consumer's view has one.</summary>
    public const int MaxBytes = 1_000;

    private const char Separator = '\t';
    private const int HashDigits = 2 * SHA256.HashSizeInBytes;

    /// <summary>
    /// The id, a tab and the source. A longer key is the beginning of the id, two tabs and a SHA-256 of the whole: no short key has two tabs.
    /// </summary>
    public static string Of(EventId id, string source)
    {
        var key = $"{id.Value}{Separator}{source}";
        if (Encoding.UTF8.GetByteCount(key) <= MaxBytes)
        {
            return key;
        }

        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        return $"{Beginning(id.Value, MaxBytes - 2 - HashDigits)}{Separator}{Separator}{Convert.ToHexStringLower(hash)}";
    }

    /// <summary>Cuts the text after the last character that fits whole.</summary>
    private static ReadOnlySpan<char> Beginning(string text, int maxBytes)
    {
        var (bytes, length) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > maxBytes)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return text.AsSpan(0, length);
    }
}
