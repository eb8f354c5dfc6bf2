namespace DataToEvents.Load.Records.Families;

/// <summary>Stock movements, told in the warehouse's own time zone.</summary>
public sealed class InventoryFamily() : Family("inventory", streamPrefix: "inventory-", keyPrefix: "SKU-", firstKey: 4_001)
{
    private static readonly TimeSpan WarehouseOffset = TimeSpan.FromHours(1);

    private static readonly string[] Reasons = ["sale", "receipt", "return", "stocktake", "breakage"];

    public override string Summary => "stock movements: local time with its offset, quantities before and after";

    public override (string Stream, string Id, string Time) Pointers => ("/sku", "/movementId", "/recordedAt");

    public override int FormatId(in EventHead head, Span<byte> utf8)
    {
        "mv-"u8.CopyTo(utf8);
        return 3 + ProducerId.Ulid(head.IdBits, utf8[3..]);
    }

    protected override void WriteMembers(Utf8JsonWriter json, in EventHead head, ref SplitMix64 random)
    {
        var ofStream = head.StreamRandom;
        var (before, change) = (20 + random.Below(200), random.Below(40) - 20);
        WriteKey(json, "sku"u8, head);
        json.WriteWord("product"u8, ofStream.Pick<Word>(Words.Products));
        WriteId(json, "movementId"u8, head);
        json.WriteString("recordedAt"u8, new DateTimeOffset(head.Time).ToOffset(WarehouseOffset));
        json.WriteNumber("movement"u8, head.Position);
        json.WriteString("reason"u8, random.Pick<string>(Reasons));
        json.WriteNumber("change"u8, change);
        json.WriteStartObject("onHand"u8);
        json.WriteNumber("before"u8, before);
        json.WriteNumber("after"u8, before + change);
        json.WriteNull("reserved"u8);
        json.WriteEndObject();
        WriteWarehouse(json, ref random);
        json.WriteMoney("unitCost"u8, 25L * (1 + ofStream.Below(400)));
        json.WriteAwkward("weightKg"u8, ref random);
    }

    private static void WriteWarehouse(Utf8JsonWriter json, ref SplitMix64 random)
    {
        json.WriteStartObject("warehouse"u8);
        json.WriteWord("name"u8, random.Pick<Word>(Words.Warehouses));
        json.WriteWord("clerk"u8, random.Pick<Word>(Words.People));
        json.WriteStartObject("bin"u8);
        json.WriteNumber("aisle"u8, 1 + random.Below(30));
        json.WriteNull("shelf"u8);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
