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

    /// <summary>Of two texts; the length keeps them apart.</summary>
    public static long Of(string first, string second) => Of($"{first.Length}:{first}{second}");

    /// <summary>Of what tells two events under one id apart beside the payload: the path keeps the first, and puts the second into quarantine.</summary>
    public static long OfKind(string source, string type) => Of(source, type);

    /// <summary>
    /// Of what an event is compared by where that is not its payload; null where it is. Where the first event of a key stands, all contents are the same one.
    /// </summary>
    public static long? OfContent(DataEvent compared) => compared.FirstStands ? 1 : compared.Content is { } content ? Of(content) : null;

    /// <summary>Of all attributes that stay the same however often and whenever the event is sent, as they are written. The id is compared by itself.</summary>
    public static long OfAttributes(ReadOnlySpan<byte> envelope) => OfMembers(envelope, static name => IsOfOneArrival(name) || IsAddedOnTheWay(name));

    /// <summary>Of all that was queued, payload included: the same in the lake, in the store, and to the consumer.</summary>
    public static long OfWhole(ReadOnlySpan<byte> envelope) => OfMembers(envelope, IsAddedOnTheWay);

    /// <summary>As <see cref="OfWhole"/>, but for the trace: a retried invocation of the Transformer has another.</summary>
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

    /// <summary>What differs between two arrivals of one event, and the payload, which has a digest of its own.</summary>
    private static bool IsOfOneArrival(string name) => name is "id" or "time" or ExtensionNames.AcceptedTime or "traceparent" or "tracestate"
        or "data" or "data_base64" or "dataref" or ExtensionNames.DataRef;

    /// <summary>What the emitter, a replay and a release from quarantine add.</summary>
    private static bool IsAddedOnTheWay(string name) => name is ExtensionNames.Sequence or ExtensionNames.Replay or ExtensionNames.ConflictsWith;
}
