namespace DataToEvents.Adapters.DynamoDb;

/// <summary>The writes that take one event into the view, all or none. Another event of the stream writes other items, unless both draw the same counter.</summary>
internal sealed class ViewTransaction(StreamViewOptions options, ViewKeys keys, DataEvent applied, string sequence, DateTimeOffset appliedAt)
{
    /// <summary>Position of the event's put, whose condition is that it was never applied.</summary>
    public const int EventWrite = 0;

    /// <summary>Position of the put of the stream's row, whose condition is that this is the stream's first event.</summary>
    public const int StreamWrite = 1;

    private static readonly string IsAbsent = $"attribute_not_exists({EventItem.PartitionKey})";

    private readonly string _tableName = options.Table.TableName;
    private readonly PrimaryKey _event = ViewKeys.Event(applied);
    private readonly string _sequence = StreamSequence.Of(applied, sequence);

    /// <param name="isFirst">Whether no event of the stream was applied before.</param>
    public TransactWriteItemsRequest For(bool isFirst)
    {
        var digest = ViewKeys.Digest(_event);
        var shard = keys.Shard(digest);
        var feedSort = ViewKeys.FeedSortKey(appliedAt, digest);
        return new TransactWriteItemsRequest
        {
            TransactItems =
            [
                new() { Put = PutEvent() },
                .. isFirst ? [new() { Put = PutStream() }] : Array.Empty<TransactWriteItem>(),
                new() { Update = CountInStream(digest) },
                new() { Update = CountType(digest, isFirst) },
                new() { Put = PutName(new PrimaryKey(ViewKeys.Feed(shard, null), feedSort)) },
                new() { Put = PutName(new PrimaryKey(ViewKeys.Feed(shard, applied.Type), feedSort)) },
                new() { Put = PutName(ViewKeys.InHistory(applied, _sequence, digest)) },
                .. options.Lookups ? [new() { Put = PutById(digest) }] : Array.Empty<TransactWriteItem>(),
            ],
        };
    }

    private Put PutEvent()
    {
        var item = _event.ToAttributes();
        item[ViewAttributes.Envelope] = new(Encoding.UTF8.GetString(applied.Envelope.Span));
        return new Put { TableName = _tableName, Item = item, ConditionExpression = IsAbsent };
    }

    private Put PutStream() => new() { TableName = _tableName, Item = ViewKeys.StreamRow(applied.Stream).ToAttributes(), ConditionExpression = IsAbsent };

    private Put PutById(ulong digest)
    {
        var byId = PutName(ViewKeys.ById(applied, digest));
        byId.Item[ViewAttributes.Applied] = new(ViewKeys.TimeText(appliedAt));
        return byId;
    }

    /// <summary>An item of a list, which only names the event.</summary>
    private Put PutName(PrimaryKey key)
    {
        var item = key.ToAttributes();
        item[ViewAttributes.EventPartition] = new(_event.Partition);
        item[ViewAttributes.EventSort] = new(_event.Sort);
        return new Put { TableName = _tableName, Item = item };
    }

    private Update CountInStream(ulong digest) => new()
    {
        TableName = _tableName,
        Key = ViewKeys.StreamCounter(applied.Stream, digest).ToAttributes(),
        UpdateExpression = "ADD #events :one",
        ExpressionAttributeNames = new() { ["#events"] = ViewAttributes.Events },
        ExpressionAttributeValues = new() { [":one"] = Number(1) },
    };

    private Update CountType(ulong digest, bool isFirst) => new()
    {
        TableName = _tableName,
        Key = keys.Counter(digest, applied.Type).ToAttributes(),
        UpdateExpression = "SET #type = :type ADD #events :one, #streams :streams",
        ExpressionAttributeNames = new() { ["#type"] = ViewAttributes.Type, ["#events"] = ViewAttributes.Events, ["#streams"] = ViewAttributes.Streams },
        ExpressionAttributeValues = new() { [":type"] = new(applied.Type), [":one"] = Number(1), [":streams"] = Number(isFirst ? 1 : 0) },
    };

    private static AttributeValue Number(int value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };
}
