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

    private static readonly SearchValues<char> LegalInGroupId =
        SearchValues.Create(string.Concat(Enumerable.Range('!', '~' - '!' + 1).Select(code => (char)code)));

    /// <summary>The stream's id, or its hash when SQS does not take such a group id.</summary>
    public static string GroupId(StreamId stream) =>
        stream.Value.Length <= MaxGroupId && !stream.Value.AsSpan().ContainsAnyExcept(LegalInGroupId)
            ? stream.Value
            : $"sha256-{Hash(stream.Value)}";

    /// <summary>
    /// Not of the id alone: the same id with other content must get through to be found as a conflict. The stream is in it for queues that
    /// deduplicate over all groups, its length because ids may hold any separator; the content hash always has the same length.
    /// </summary>
    public static string DeduplicationId(DataEvent sent) =>
        Hash($"{sent.Stream.Value.Length}:{sent.Stream.Value}{sent.Id.Value}{sent.ContentHash()}");

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
