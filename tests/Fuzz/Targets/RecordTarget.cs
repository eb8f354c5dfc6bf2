using DataToEvents.Domain;
using DataToEvents.Domain.Catalog;

namespace DataToEvents.Fuzz.Tests.Targets;

/// <summary>A producer's record. Any bytes become events that every hop can carry, and the same events each time.</summary>
internal static class RecordTarget
{
    private static readonly DateTimeOffset Arrival = DateTimeOffset.FromUnixTimeMilliseconds(1_764_000_000_000);

    // The Transformer stops reading when an answer is full. A record of empty lines could have hundreds of thousands of events.
    private const int MaxEvents = 100;

    public static EventCatalog Catalog { get; } = EventCatalog.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "catalog.json")));

    public static IReadOnlyList<string> Words { get; } =
    [
        .. Envelopes.Words, "\n", "\r\n", ",", "\uFEFF", "NaN", "[", "]", "{}", "\"orderId\"", "\"kind\"", "\"order\"", "\"eventId\"", "\"occurredAt\"", "\"device\"", "\"readings\"", "\"messageId\"", "\"sku\"",
        "\"movementId\"", "\"alertId\"", "\"actor\"", "\"accountId\"", "\uFFFE", "\uFFFF",
    ];

    public static void Read(byte[] input)
    {
        Read(input, Catalog);
        BrokenPromiseException.Unless(KeepsBytes(input, Catalog), "a record's events have all its bytes but what separates documents");
    }

    public static void Read(byte[] input, EventCatalog catalog)
    {
        var first = EventsOf(input, catalog);
        BrokenPromiseException.Unless(first.Count > 0, "every record holds at least one event");
        BrokenPromiseException.Unless(first.SequenceEqual(EventsOf(input, catalog)), "the same record makes the same events");
    }

    public static bool KeepsBytes(byte[] input, EventCatalog catalog)
    {
        // A CloudEvent's payload is only its data.
        if (input.AsSpan().IndexOf("specversion"u8) >= 0 || input.Contains((byte)'\\'))
        {
            return true;
        }

        var payloads = new RecordReader(catalog).Read(input, Arrival).Select(read => read.Inline().Payload()!).ToArray();
        return (payloads is [var whole] && whole.AsSpan().SequenceEqual(input)) || Solid(payloads.SelectMany(payload => payload)).SequenceEqual(Solid(input));
    }

    /// <summary>Without white space, commas and the byte order mark.</summary>
    private static IEnumerable<byte> Solid(IEnumerable<byte> bytes) => bytes.Where(static value => value is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)',' or 0xEF or 0xBB or 0xBF));

    private static List<string> EventsOf(byte[] input, EventCatalog catalog)
    {
        var envelopes = new List<string>();
        foreach (var read in new RecordReader(catalog).Read(input, Arrival).Take(MaxEvents))
        {
            envelopes.Add(read.Refusal ?? (read.IsDropped ? "dropped" : Envelope(read)));
        }

        return envelopes;
    }

    private static string Envelope(ParsedEvent read)
    {
        var written = read.Inline();
        var parsed = DataEvent.Parse(written.Envelope);
        BrokenPromiseException.Unless(written.Envelope.Span.IndexOfAny((byte)'\r', (byte)'\n') < 0, "an envelope is one line");
        BrokenPromiseException.Unless(parsed.Id == written.Id && parsed.Stream == written.Stream && parsed.Type == written.Type, "an envelope says what was written");
        BrokenPromiseException.Unless((parsed.Payload() ?? []).AsSpan().SequenceEqual(written.Payload() ?? []), "an envelope carries the payload's bytes");
        _ = DataEvent.Parse(read.Referring("s3://bucket/payloads/1").Envelope);
        return Encoding.UTF8.GetString(written.Envelope.Span);
    }
}
