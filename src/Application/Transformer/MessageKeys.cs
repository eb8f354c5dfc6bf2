using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using DataToEvents.Domain;

namespace DataToEvents.Application.Transformer;

/// <summary>What the queue orders and deduplicates messages by: the same on AWS and embedded.</summary>
public static class MessageKeys
{
    // SQS: a message group id has up to 128 alphanumeric characters and punctuation.
    private const int MaxGroupId = 128;

    private const int LongestUsualText = 256;

    private static readonly SearchValues<char> LegalInGroupId =
        SearchValues.Create(string.Concat(Enumerable.Range('!', '~' - '!' + 1).Select(code => (char)code)));

    /// <summary>The stream's id, or its hash when SQS does not take such a group id.</summary>
    public static string GroupId(StreamId stream) =>
        stream.Value.Length <= MaxGroupId && !stream.Value.AsSpan().ContainsAnyExcept(LegalInGroupId)
            ? stream.Value
            : $"sha256-{Hash(Encoding.UTF8.GetBytes(stream.Value))}";

    /// <summary>
    /// Not of the id alone: the same id with other content must get through to be found as a conflict. The stream is in it for queues that
    /// deduplicate over all groups, its length because ids may hold any separator; the content hash always has the same length.
    /// </summary>
    public static string DeduplicationId(DataEvent sent)
    {
        using var text = new PooledBytes(LongestUsualText);
        Span<char> contentHash = stackalloc char[DataEvent.ContentHashLength];
        sent.ContentHash(contentHash);
        Encoding.UTF8.GetBytes($"{sent.Stream.Value.Length}:", text);
        Encoding.UTF8.GetBytes(sent.Stream.Value, text);
        Encoding.UTF8.GetBytes(sent.Id.Value, text);
        Encoding.UTF8.GetBytes(contentHash, text);
        return Hash(text.Written.Span);
    }

    private static string Hash(ReadOnlySpan<byte> utf8)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(utf8, hash);
        return Convert.ToHexStringLower(hash);
    }
}
