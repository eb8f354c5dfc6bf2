using System.Globalization;
using System.Text;
using System.Text.Json;
using DataToEvents.Adapters.Shared;
using DataToEvents.Application.EventStorer;

namespace DataToEvents.Adapters.DynamoDb;

/// <summary>An item, or a part of one, as an answer holds it: the UTF-8 of each attribute that is text or a number. Others are not kept.</summary>
internal sealed class Item
{
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _attributes = [];

    public ItemKey Key => new(Text(EventItem.PartitionKey), Text(EventItem.SortKey));

    public ReadOnlyMemory<byte> Bytes(string attribute) => _attributes[attribute];

    public string Text(string attribute) => TextOrNone(attribute) ?? throw new KeyNotFoundException($"An item has no text \"{attribute}\".");

    public string? TextOrNone(string attribute) => _attributes.TryGetValue(attribute, out var value) ? Encoding.UTF8.GetString(value.Span) : null;

    public long Number(string attribute) => long.Parse(_attributes[attribute].Span, CultureInfo.InvariantCulture);

    /// <summary>The item that is the member's value.</summary>
    /// <returns>Null: it has no attribute, which is how some answers say that there is none.</returns>
    public static Item? Next(ref Utf8JsonReader reader) => reader.NextObject() && Read(ref reader) is { _attributes.Count: > 0 } item ? item : null;

    /// <summary>The items that are the member's value.</summary>
    public static List<Item> NextList(ref Utf8JsonReader reader)
    {
        var items = new List<Item>();
        if (reader.NextArray())
        {
            while (reader.NextElement())
            {
                items.Add(Read(ref reader));
            }
        }

        return items;
    }

    private static Item Read(ref Utf8JsonReader reader)
    {
        var item = new Item();
        while (reader.NextMember())
        {
            var name = reader.GetString()!;
            if (reader.NextObject())
            {
                item.ReadValue(name, ref reader);
            }
        }

        return item;
    }

    /// <summary>An attribute holds one member, its type's.</summary>
    private void ReadValue(string name, ref Utf8JsonReader reader)
    {
        while (reader.NextMember())
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.String)
            {
                _attributes[name] = reader.TextBytes();
            }

            reader.Skip();
        }
    }
}
