using Amazon.DynamoDBv2.Model;
using DataToEvents.Adapters.Formats;
using DataToEvents.Adapters.Tests.Contracts;

namespace DataToEvents.Adapters.Tests.DynamoDb;

internal static class StoredText
{
    /// <returns>Null if there is no item.</returns>
    public static StoredItem? ItemOf(Dictionary<string, AttributeValue>? item) => item is not { Count: > 0 } ? null : new StoredItem(
        Of(item[EventItem.Envelope]),
        item[EventItem.Sequence].S,
        item[EventItem.Type].S,
        item[EventItem.Time].S,
        item[EventItem.Hash].S,
        item[EventItem.Stored].N,
        item.GetValueOrDefault(EventItem.Trace)?.S,
        item.GetValueOrDefault(EventItem.ExpiresAt)?.N);

    /// <summary>An envelope as any reader of the table gets it.</summary>
    public static string Of(AttributeValue value) => value.S ?? Encoding.UTF8.GetString(StoredEnvelope.Decompress(value.B)!);
}
