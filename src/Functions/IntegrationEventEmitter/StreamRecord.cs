using System.Text;
using Amazon.Lambda.DynamoDBEvents;
using DataToEvents.Application.EventStorer;
using DataToEvents.Application.IntegrationEventEmitter;

namespace DataToEvents.Functions.IntegrationEventEmitter;

/// <summary>Reads DynamoDB's stream records as changes of the store.</summary>
internal static class StreamRecord
{
    // DynamoDB deletes expired items in its own name (facts.md, section 3).
    private const string TimeToLive = "dynamodb.amazonaws.com";

    public static StoreChange Translate(DynamoDBEvent.DynamodbStreamRecord record)
    {
        var change = record.Dynamodb ?? throw new ArgumentException($"Record {record.EventID} has no dynamodb member.");
        var kind = Kind(record);
        var image = kind is StoreChangeKind.Inserted or StoreChangeKind.Modified ? change.NewImage : change.OldImage;
        return new StoreChange(
            change.SequenceNumber,
            kind,
            Text(change.Keys, EventItem.PartitionKey) ?? throw new ArgumentException($"Record {record.EventID} has no key {EventItem.PartitionKey}: it is another table's."),
            Envelope(image),
            Text(image, EventItem.Sequence),
            record.EventSourceArn);
    }

    private static StoreChangeKind Kind(DynamoDBEvent.DynamodbStreamRecord record) => record.EventName switch
    {
        "INSERT" => StoreChangeKind.Inserted,
        "MODIFY" => StoreChangeKind.Modified,
        "REMOVE" when record.UserIdentity?.PrincipalId == TimeToLive => StoreChangeKind.Expired,
        "REMOVE" => StoreChangeKind.Removed,
        _ => throw new ArgumentException($"Record {record.EventID} has the event name \"{record.EventName}\"; INSERT, MODIFY and REMOVE are known."),
    };

    private static ReadOnlyMemory<byte>? Envelope(Dictionary<string, DynamoDBEvent.AttributeValue>? image) => image?.GetValueOrDefault(EventItem.Envelope) switch
    {
        { S: { } text } => Encoding.UTF8.GetBytes(text),
        { B: { } compressed } when StoredEnvelope.Decompress(compressed) is { } envelope => envelope,
        _ => null,
    };

    private static string? Text(Dictionary<string, DynamoDBEvent.AttributeValue>? image, string name) => image?.GetValueOrDefault(name)?.S;
}
