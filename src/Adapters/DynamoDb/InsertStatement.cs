using DataToEvents.Application.EventStorer;

namespace DataToEvents.Adapters.DynamoDb;

/// <summary>PartiQL INSERT: unlike a put it fails with DuplicateItem where an item has the key already.</summary>
internal sealed class InsertStatement(string tableName, bool compress)
{
    private static readonly string[] Always = [EventItem.PartitionKey, EventItem.SortKey, EventItem.Sequence, EventItem.Type, EventItem.Time, EventItem.Hash, EventItem.Stored];

    // Counts the optional names too. An item without them counts a few bytes too many, so that compression may save one unit less.
    private static readonly int NameBytes = Always.Concat([EventItem.Trace, EventItem.ExpiresAt, EventItem.Envelope]).Sum(Encoding.UTF8.GetByteCount);

    // For each combination of the optional attributes: a trace counts 1, an expiry 2.
    private readonly string[] _texts =
        [Text(tableName, []), Text(tableName, [EventItem.Trace]), Text(tableName, [EventItem.ExpiresAt]), Text(tableName, [EventItem.Trace, EventItem.ExpiresAt])];

    /// <param name="item">The event to insert.</param>
    /// <param name="hash">Its content hash.</param>
    public BatchStatementRequest For(EventToStore item, string hash)
    {
        var stored = item.Event;
        List<AttributeValue> parameters =
        [
            new(stored.Stream.Value), new(stored.Key), new(item.Sequence), new(stored.Type), new(stored.Time), new(hash), Number(item.StoredAt.ToUnixTimeMilliseconds()),
        ];
        if (stored.TraceParent is { } trace)
        {
            parameters.Add(new(trace));
        }

        if (item.ExpiresAt is { } expiry)
        {
            parameters.Add(Number(expiry.ToUnixTimeSeconds()));
        }

        parameters.Add(Envelope(stored.Envelope.Span, parameters));
        return new BatchStatementRequest
        {
            Statement = _texts[(stored.TraceParent is null ? 0 : 1) + (item.ExpiresAt is null ? 0 : 2)],
            Parameters = parameters,
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        };
    }

    private AttributeValue Envelope(ReadOnlySpan<byte> envelope, List<AttributeValue> others) =>
        compress && StoredEnvelope.Compress(envelope, NameBytes + others.Sum(CountedBytes)) is { } compressed
            ? new AttributeValue { B = new MemoryStream(compressed) }
            : new AttributeValue(Encoding.UTF8.GetString(envelope));

    private static AttributeValue Number(long value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };

    /// <summary>The bytes that DynamoDB counts for a value: a text's UTF-8; a byte for two digits of a number, and one more.</summary>
    private static int CountedBytes(AttributeValue value) => value.N is { } digits ? ((digits.Length + 1) / 2) + 1 : Encoding.UTF8.GetByteCount(value.S);

    private static string Text(string tableName, string[] optional)
    {
        var members = Always.Concat(optional).Append(EventItem.Envelope).Select(name => $"'{name}': ?");
        return $"INSERT INTO \"{tableName}\" VALUE {{{string.Join(", ", members)}}}";
    }
}
