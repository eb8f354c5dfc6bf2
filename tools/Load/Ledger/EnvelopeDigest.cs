using DataToEvents.Domain;

namespace DataToEvents.Load.Ledger;

/// <summary>Short digests by which copies of an event are compared: 64 bits of SHA-256, enough to tell a change from none.</summary>
public static class EnvelopeDigest
{
    public static long Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return BinaryPrimitives.ReadInt64BigEndian(hash);
    }

    public static long Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <summary>Digests two texts. The length of the first keeps them apart.</summary>
    public static long Of(string first, string second) => Of($"{first.Length}:{first}{second}");

    /// <summary>Digests source and type. If they differ, two events with one id are in conflict, even with equal payloads.</summary>
    public static long OfKind(string source, string type) => Of(source, type);

    /// <summary>
    /// Digests the content by which an event is compared; null if it is compared by its payload. If the first event of a key stands, all later contents count as equal.
    /// </summary>
    public static long? OfContent(DataEvent compared) => compared.FirstStands ? 1 : compared.Content is { } content ? Of(content) : null;

    /// <summary>Digests, as they are written, all attributes that are the same each time the event is sent. The id is compared by itself.</summary>
    public static long OfAttributes(ReadOnlySpan<byte> envelope) => OfMembers(envelope, static name => IsOfOneArrival(name) || IsAddedOnTheWay(name));

    /// <summary>Digests all members that were queued, with the payload. They are the same in the lake, in the store, and at the consumer.</summary>
    public static long OfWhole(ReadOnlySpan<byte> envelope) => OfMembers(envelope, IsAddedOnTheWay);

    /// <summary>Digests the members of <see cref="OfWhole"/> without the trace, because a retried invocation of the Transformer has another trace.</summary>
    public static long OfArrival(ReadOnlySpan<byte> envelope) => OfMembers(envelope, static name => name == "traceparent" || IsAddedOnTheWay(name));

    /// <summary>The value of a member that is a string; null when there is none of the name.</summary>
    public static string? Text(ReadOnlySpan<byte> envelope, string member)
    {
        if (envelope.IndexOf(Encoding.UTF8.GetBytes(member)) < 0)
        {
            return null;
        }

        var members = new EnvelopeMembers(envelope);
        while (members.Next())
        {
            if (members.Name == member && members.Text is { } text)
            {
                return text;
            }
        }

        return null;
    }

    private static long OfMembers(ReadOnlySpan<byte> envelope, Predicate<string> isLeftOut)
    {
        var kept = new SortedList<string, byte[]>(StringComparer.Ordinal);
        var members = new EnvelopeMembers(envelope);
        while (members.Next())
        {
            if (!isLeftOut(members.Name))
            {
                kept[members.Name] = members.Value.ToArray();
            }
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, value) in kept)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}={value.Length}:"));
            hash.AppendData(value);
        }

        return BinaryPrimitives.ReadInt64BigEndian(hash.GetHashAndReset());
    }

    /// <summary>Whether the member differs between two arrivals of one event, or is the payload, which has a digest of its own.</summary>
    private static bool IsOfOneArrival(string name) => name is "id" or "time" or ExtensionNames.AcceptedTime or "traceparent" or "tracestate"
        or "data" or "data_base64" or "dataref" or ExtensionNames.DataRef;

    /// <summary>Whether the emitter, a replay or a release from quarantine adds the member.</summary>
    private static bool IsAddedOnTheWay(string name) => name is ExtensionNames.Sequence or ExtensionNames.Replay or ExtensionNames.ConflictsWith;
}
