using System.Text.Json;
using DataToEvents.Adapters.Shared;

namespace DataToEvents.Adapters.DynamoDb;

/// <summary>What one Query answers.</summary>
/// <param name="Items">In order.</param>
/// <param name="Last">Where it stopped; null: there is no more.</param>
internal sealed record QueryPage(List<Item> Items, ItemKey? Last)
{
    public static QueryPage Read(ReadOnlySpan<byte> answer)
    {
        var page = new QueryPage([], null);
        var reader = new Utf8JsonReader(answer);
        reader.Read();
        while (reader.NextMember())
        {
            if (reader.Is("Items"u8))
            {
                page = page with { Items = Item.NextList(ref reader) };
            }
            else if (reader.Is("LastEvaluatedKey"u8))
            {
                page = page with { Last = Item.Next(ref reader)?.Key };
            }
            else
            {
                reader.Skip();
            }
        }

        return page;
    }
}
