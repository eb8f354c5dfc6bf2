using DataToEvents.Adapters.Formats;
using DataToEvents.Domain;

namespace DataToEvents.Fuzz.Tests.Targets;

/// <summary>An envelope. It is refused with a FormatException, or it is an event that can be published unchanged.</summary>
internal static class Envelopes
{
    public static IReadOnlyList<string> Words { get; } =
    [
        "\"specversion\"", "\"1.0\"", "\"id\"", "\"source\"", "\"type\"", "\"subject\"", "\"time\"", "\"datacontenttype\"", "\"data\"", "\"data_base64\"", "\"dataref\"",
        "\"traceparent\"", "\"dataschema\"", "\"dteacceptedtime\"", "\"dtesequence\"", "\"dtecontent\"", "\"dtedataref\"", "\"application/json\"", "\"text/plain\"", ",\"data\":", "{", "}", ":", ",",
    ];

    public static void Read(byte[] input)
    {
        DataEvent read;
        try
        {
            read = DataEvent.Parse(input);
        }
        catch (FormatException)
        {
            return;
        }

        var published = DataEvent.Parse(read.EnvelopeWith("7"));
        BrokenPromiseException.Unless(published.StreamSequence is not null, "a published event has a stream sequence");
        BrokenPromiseException.Unless(published.Id == read.Id && published.Stream == read.Stream && published.Type == read.Type, "publishing keeps id, stream and type");
        BrokenPromiseException.Unless(published.ContentHash() == read.ContentHash(), "publishing keeps the content hash");
        BrokenPromiseException.Unless((read.Payload() ?? []).AsSpan().SequenceEqual(published.Payload() ?? []), "publishing keeps the payload's bytes");
        _ = (read.OccurredAt, read.DataRef, XRayHeader.Of(read.TraceParent));
    }
}
