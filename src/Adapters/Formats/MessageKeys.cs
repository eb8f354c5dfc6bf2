namespace DataToEvents.Adapters.Formats;

/// <summary>Group id and deduplication id of a message, the same on AWS and in the emulator.</summary>
public static class MessageKeys
{
    // SQS: a message group id has up to 128 alphanumeric characters and punctuation.
    private const int MaxGroupId = 128;

    // A length, two keys and a hash. A longer key is hashed, see EventKey.
    private const int LongestText = 16 + StreamId.MaxBytes + EventKey.MaxBytes + DataEvent.ContentHashLength;

    private static readonly SearchValues<char> LegalInGroupId =
        SearchValues.Create(string.Concat(Enumerable.Range('!', '~' - '!' + 1).Select(code => (char)code)));

    /// <summary>The stream's id, or its hash when SQS does not take such a group id.</summary>
    public static string GroupId(StreamId stream) =>
        stream.Value.Length <= MaxGroupId && !stream.Value.AsSpan().ContainsAnyExcept(LegalInGroupId)
            ? stream.Value
            : $"sha256-{Hash(Encoding.UTF8.GetBytes(stream.Value))}";

    /// <summary>
    /// A hash of stream, key and content. Content is in it because an event with a known key and another content must pass, to be found as a conflict.
    /// The stream is in it for queues that deduplicate over all groups. Its length is in it because keys may hold any separator.
    /// </summary>
    public static string DeduplicationId(DataEvent sent)
    {
        Span<byte> text = stackalloc byte[LongestText];
        Span<char> contentHash = stackalloc char[DataEvent.ContentHashLength];
        sent.ContentHash(contentHash);
        var stream = sent.Stream.Value;
        // This writes the key without a string for it. A key that is too long is tried again in its hashed form, which has two tabs.
        return Utf8.TryWrite(text, $"{stream.Length}:{stream}{sent.Id.Value}\t{sent.Source}{contentHash}", out var length)
            || Utf8.TryWrite(text, $"{stream.Length}:{stream}{sent.Key}{contentHash}", out length)
            ? Hash(text[..length])
            : throw new InvalidOperationException("A stream id or an event key is longer than it may be.");
    }

    private static string Hash(ReadOnlySpan<byte> utf8) => Convert.ToHexStringLower(SHA256.HashData(utf8));
}
