namespace DataToEvents.Load.Records.Families;

/// <summary>Sensors in the field: small firmware, so non-ASCII text comes escaped, times in epoch milliseconds and numbers in every spelling.</summary>
public sealed class DeviceFamily() : Family("device", streamPrefix: "device-", keyPrefix: "th-", firstKey: 2_001)
{
    private static readonly Word[] Models = ["TH-200", "TH-200S", "AirBox µ4"];

    private static readonly Word Overheating = "Überhitzung ⚠️";

    public override string Summary => "sensors' readings: every spelling of a number, \\u escapes, epoch milliseconds";

    public override (string Stream, string Id, string Time) Pointers => ("/device/id", "/messageId", "/ts");

    public override bool EscapesNonAscii => true;

    public override int FormatId(in EventHead head, Span<byte> utf8) => ProducerId.Uuid7(head.IdBits, utf8);

    protected override void WriteMembers(Utf8JsonWriter json, in EventHead head, ref SplitMix64 random)
    {
        WriteId(json, "messageId"u8, head);
        json.WriteNumber("ts"u8, new DateTimeOffset(head.Time).ToUnixTimeMilliseconds());
        json.WriteNumber("seq"u8, head.Position);
        WriteDevice(json, head);
        WriteReadings(json, ref random);
        json.WriteStartArray("alarms"u8);
        if (random.OneIn(10))
        {
            json.WriteWordValue(Overheating);
        }

        json.WriteEndArray();
    }

    private void WriteDevice(Utf8JsonWriter json, in EventHead head)
    {
        var random = head.StreamRandom;
        json.WriteStartObject("device"u8);
        WriteKey(json, "id"u8, head);
        json.WriteWord("model"u8, random.Pick<Word>(Models));
        json.WriteStartObject("site"u8);
        var place = random.Pick<Locality>(Words.Places);
        json.WriteWord("city"u8, place.City);
        json.WriteNull("room"u8);
        json.WritePropertyName("position"u8);
        json.WriteRawValue(place.Position, skipInputValidation: true);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteReadings(Utf8JsonWriter json, ref SplitMix64 random)
    {
        json.WriteStartObject("readings"u8);
        json.WriteReading("temperature"u8, 1_500 + random.Below(1_500), ref random);
        json.WriteReading("humidity"u8, 2_000 + random.Below(7_000), ref random);
        json.WriteReading("pressure"u8, 97_000 + random.Below(7_000), ref random);
        json.WriteAwkward("calibration"u8, ref random);
        json.WriteNull("co2"u8);
        json.WriteEndObject();
    }
}
