namespace DataToEvents.Load.Records.Families;

/// <summary>A shop's orders: the customer stays, the order moves on.</summary>
public sealed class OrderFamily() : Family("order", streamPrefix: "order-", keyPrefix: "", firstKey: 10_001)
{
    private static readonly string[] Later = ["paid", "packed", "shipped", "delivered", "amended"];

    public override string Summary => "a shop's orders: customer, lines, totals";

    public override (string Stream, string Id, string Time) Pointers => ("/orderId", "/eventId", "/occurredAt");

    public override int FormatId(in EventHead head, Span<byte> utf8) => ProducerId.Ulid(head.IdBits, utf8);

    protected override void WriteMembers(Utf8JsonWriter json, in EventHead head, ref SplitMix64 random)
    {
        json.WriteString("kind"u8, "order"u8);
        WriteId(json, "eventId"u8, head);
        json.WriteString("occurredAt"u8, head.Time);
        WriteKey(json, "orderId"u8, head);
        json.WriteNumber("revision"u8, head.Position);
        json.WriteString("status"u8, head.Position == 1 ? "placed" : Later[(int)((head.Position - 2) % Later.Length)]);
        WriteCustomer(json, head.StreamRandom);
        WriteLines(json, ref random);
        json.WriteWord("note"u8, random.OneIn(3) ? random.Pick<Word>(Words.Notes) : null);
    }

    private static void WriteCustomer(Utf8JsonWriter json, SplitMix64 random)
    {
        json.WriteStartObject("customer"u8);
        json.WriteWord("name"u8, random.Pick<Word>(Words.People));
        json.WriteNull("company"u8);
        json.WriteStartObject("address"u8);
        json.WriteWord("street"u8, random.Pick<Word>(Words.Streets));
        var place = random.Pick<Locality>(Words.Places);
        json.WriteWord("city"u8, place.City);
        json.WriteString("country"u8, place.Country);
        json.WriteNull("careOf"u8);
        json.WriteEndObject();
        json.WriteStartObject("loyalty"u8);
        json.WriteString("tier"u8, random.OneIn(3) ? "gold" : "none");
        json.WriteNull("since"u8);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteLines(Utf8JsonWriter json, ref SplitMix64 random)
    {
        var total = 0L;
        json.WriteStartArray("lines"u8);
        for (var left = 1 + random.Below(3); left > 0; left--)
        {
            var (quantity, cents) = (1 + random.Below(4), 50L * (1 + random.Below(400)));
            total += quantity * cents;
            json.WriteStartObject();
            json.WriteWord("title"u8, random.Pick<Word>(Words.Products));
            json.WriteNumber("quantity"u8, quantity);
            json.WriteMoney("unitPrice"u8, cents);
            json.WriteNull("discount"u8);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteMoney("total"u8, total);
        json.WriteString("currency"u8, "EUR"u8);
    }
}
