using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using DataToEvents.Adapters.Embedded.Doors.DynamoDb.Expressions;
using DataToEvents.Adapters.Embedded.Tables;

namespace DataToEvents.Adapters.Embedded.Doors.DynamoDb;

/// <summary>Items between their stored bytes and the attributes that expressions work on.</summary>
internal static class ItemJson
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static (string Pk, string Sk) Key(JsonElement key)
    {
        var pk = key.TryGetProperty(TableItem.PartitionKey, out var partition) ? AttributeValues.Text(partition) : null;
        var sk = key.TryGetProperty(TableItem.SortKey, out var sort) ? AttributeValues.Text(sort) : null;
        return pk is not null && sk is not null
            ? (pk, sk)
            : throw new AwsException("ValidationException", "The provided key element does not match the schema");
    }

    public static Dictionary<string, JsonElement> Attributes(ReadOnlyMemory<byte>? item) => item is { } json
        ? JsonElement.Parse(json.Span).EnumerateObject().ToDictionary(member => member.Name, member => member.Value)
        : [];

    public static TableItem Item(IEnumerable<KeyValuePair<string, JsonElement>> attributes, Table table)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(bytes, Relaxed);
        json.WriteStartObject();
        foreach (var (name, value) in attributes)
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }

        json.WriteEndObject();
        json.Flush();
        return TableItem.Parse(bytes.WrittenMemory, table.Options.ExpiryAttribute);
    }

    public static TableItem Item(JsonElement item, Table table) =>
        Item(item.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value)), table);

    /// <param name="json">Takes the item's object.</param>
    /// <param name="item">The item.</param>
    /// <param name="projection">The attributes that are asked for; null for all.</param>
    public static void Write(Utf8JsonWriter json, ReadOnlyMemory<byte> item, IReadOnlySet<string>? projection = null)
    {
        if (projection is null)
        {
            json.WriteRawValue(item.Span, skipInputValidation: true);
            return;
        }

        json.WriteStartObject();
        foreach (var (name, value) in Attributes(item).Where(attribute => projection.Contains(attribute.Key)))
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }

        json.WriteEndObject();
    }

    public static void WriteKey(Utf8JsonWriter json, string name, string pk, string sk)
    {
        json.WriteStartObject(name);
        WriteText(json, TableItem.PartitionKey, pk);
        WriteText(json, TableItem.SortKey, sk);
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("S", text);
        json.WriteEndObject();
    }
}
