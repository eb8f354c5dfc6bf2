namespace DataToEvents.Load.Records.Families;

/// <summary>Security alerts by account; the stream key is a JSON number.</summary>
public sealed class SecurityFamily() : Family("security", streamPrefix: "account-", keyPrefix: "", firstKey: 900_001)
{
    private static readonly string[] Actions = ["login.failed", "login.new-device", "mfa.disabled", "token.reused", "export.large"];

    private static readonly string[] Severities = ["low", "medium", "high", "critical"];

    private static readonly Word Phone = "📱 privé";

    public override string Summary => "security alerts: a numeric account, evidence nested deep, emoji";

    public override (string Stream, string Id, string Time) Pointers => ("/actor/accountId", "/alertId", "/detectedAt");

    public override int FormatId(in EventHead head, Span<byte> utf8) => ProducerId.Uuid7(head.IdBits, utf8);

    protected override void WriteMembers(Utf8JsonWriter json, in EventHead head, ref SplitMix64 random)
    {
        WriteId(json, "alertId"u8, head);
        json.WriteString("detectedAt"u8, head.Time);
        json.WriteNumber("alert"u8, head.Position);
        json.WriteString("severity"u8, random.Pick<string>(Severities));
        json.WriteString("action"u8, random.Pick<string>(Actions));
        WriteActor(json, head, ref random);
        WriteEvidence(json, ref random);
        json.WriteBoolean("blocked"u8, random.OneIn(2));
    }

    private void WriteActor(Utf8JsonWriter json, in EventHead head, ref SplitMix64 random)
    {
        var ofStream = head.StreamRandom;
        Span<byte> address = stackalloc byte[32];
        // RFC 5737 and RFC 3849: addresses that belong to nobody.
        var written = random.OneIn(3)
            ? Utf8.TryWrite(address, CultureInfo.InvariantCulture, $"2001:db8::{1 + random.Below(0xFFFF):x}", out var length)
            : Utf8.TryWrite(address, CultureInfo.InvariantCulture, $"203.0.113.{1 + random.Below(254)}", out length);
        json.WriteStartObject("actor"u8);
        json.WriteNumber("accountId"u8, Key(head));
        json.WriteWord("name"u8, ofStream.Pick<Word>(Words.People));
        json.WriteString("address"u8, address[..length]);
        json.WriteNull("session"u8);
        json.WriteEndObject();
    }

    private static void WriteEvidence(Utf8JsonWriter json, ref SplitMix64 random)
    {
        json.WriteStartObject("evidence"u8);
        json.WriteAwkward("score"u8, ref random);
        json.WriteNumber("attempts"u8, 1 + random.Below(20));
        json.WriteStartObject("first"u8);
        json.WriteWord("place"u8, random.Pick<Locality>(Words.Places).City);
        json.WriteStartObject("device"u8);
        json.WriteNull("id"u8);
        json.WriteWord("label"u8, random.OneIn(2) ? Phone : null);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
