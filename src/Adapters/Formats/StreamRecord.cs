using DataToEvents.Application.IntegrationEventEmitter;

namespace DataToEvents.Adapters.Formats;

/// <summary>
/// A record of the table's change stream (Amazon DynamoDB Streams API Reference, "Record"). It comes in a Lambda event, from the SDK or as JSON; each
/// has its own type for an image, that is a map from attribute names to values.
/// </summary>
/// <typeparam name="TImage">The type of an image. Its default value stands for an image that is missing.</typeparam>
/// <param name="Name">Names the record in error messages.</param>
/// <param name="EventName"><c>INSERT</c>, <c>MODIFY</c> or <c>REMOVE</c>.</param>
/// <param name="Principal">The principal that removed the item; null if the record names none.</param>
/// <param name="SequenceNumber">The record's place in the change stream.</param>
/// <param name="StreamArn">ARN of the change stream.</param>
/// <param name="Keys">The item's key.</param>
/// <param name="NewImage">The item after the change.</param>
/// <param name="OldImage">The item before the change.</param>
public readonly record struct StreamRecord<TImage>(
    string? Name, string? EventName, string? Principal, string SequenceNumber, string StreamArn, TImage? Keys, TImage? NewImage, TImage? OldImage)
{
    // DynamoDB deletes expired items in its own name (Amazon DynamoDB Developer Guide, "DynamoDB Streams and Time to Live").
    private const string TimeToLive = "dynamodb.amazonaws.com";

    /// <param name="valueIn">Finds an attribute in an image; null when image or attribute is missing.</param>
    /// <exception cref="ArgumentException">The record is not one of the store's table.</exception>
    public StoreChange ToChange(Func<TImage?, string, StoredValue?> valueIn)
    {
        var kind = Kind();
        var image = kind is StoreChangeKind.Inserted or StoreChangeKind.Modified ? NewImage : OldImage;
        return new StoreChange(
            SequenceNumber,
            kind,
            valueIn(Keys, EventItem.PartitionKey)?.Text ?? throw new ArgumentException($"Record {Name} has no key {EventItem.PartitionKey}: it is another table's."),
            valueIn(image, EventItem.Envelope)?.Envelope(),
            valueIn(image, EventItem.Sequence)?.Text,
            StreamArns.Resources(StreamArn));
    }

    private StoreChangeKind Kind() => EventName switch
    {
        "INSERT" => StoreChangeKind.Inserted,
        "MODIFY" => StoreChangeKind.Modified,
        "REMOVE" when Principal == TimeToLive => StoreChangeKind.Expired,
        "REMOVE" => StoreChangeKind.Removed,
        _ => throw new ArgumentException($"Record {Name} has the event name \"{EventName}\"; INSERT, MODIFY and REMOVE are known."),
    };
}

/// <summary>An attribute's value: a string, or binary, or neither when it has another type.</summary>
public readonly record struct StoredValue(string? Text, MemoryStream? Binary)
{
    /// <summary>The value as an envelope, which an item holds as text or compressed, see <see cref="StoredEnvelope"/>.</summary>
    /// <returns>UTF-8; null when the value is not an envelope.</returns>
    public ReadOnlyMemory<byte>? Envelope() => this switch
    {
        { Text: { } text } => Encoding.UTF8.GetBytes(text),
        { Binary: { } compressed } when StoredEnvelope.Decompress(compressed) is { } envelope => envelope,
        _ => null,
    };
}
