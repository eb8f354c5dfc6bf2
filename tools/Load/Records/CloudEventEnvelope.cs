using DataToEvents.Load.Records.Families;

namespace DataToEvents.Load.Records;

/// <summary>The envelope of a producer that speaks CloudEvents 1.0 itself (structured JSON).</summary>
public static class CloudEventEnvelope
{
    public const string Source = "urn:datatoevents:generator";

    public static void Write(Utf8JsonWriter json, Family family, in EventHead head, ref SplitMix64 random, int leastBytes)
    {
        Span<byte> text = stackalloc byte[Family.LongestText];
        json.WriteStartObject();
        json.WriteString("specversion"u8, "1.0"u8);
        json.WriteString("id"u8, text[..family.FormatId(head, text)]);
        json.WriteString("source"u8, Source);
        json.WriteString("type"u8, family.Name);
        json.WriteString("subject"u8, text[..family.FormatStream(head, text)]);
        json.WriteString("time"u8, head.Time);
        json.WriteString("datacontenttype"u8, "application/json"u8);
        json.WritePropertyName("data"u8);
        family.Write(json, head, ref random, leastBytes);
        json.WriteEndObject();
    }
}
