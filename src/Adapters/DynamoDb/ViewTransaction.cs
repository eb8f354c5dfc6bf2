namespace DataToEvents.Adapters.DynamoDb;

/// <summary>The place of an event among the applied events of its stream. The first transaction has to guess it.</summary>
internal enum EventOrder
{
    /// <summary>Later than all of them: the usual case, tried first.</summary>
    Latest,

    /// <summary>The stream's first event.</summary>
    First,

    /// <summary>A later event of the stream was applied before it.</summary>
    Earlier,
}

/// <summary>The writes that take one event into the view, all or none.</summary>
internal sealed class ViewTransaction(StreamViewOptions options, ViewKeys keys, DataEvent applied, string sequence, DateTimeOffset appliedAt)
{
    /// <summary>Position of the event's put, whose condition is that it was never applied.</summary>
    public const int EventWrite = 0;

    /// <summary>Position of the stream's update, whose condition is the guessed order.</summary>
    public const int StreamWrite = 1;

    private static readonly AttributeValue One = new() { N = "1" };

    private readonly string _tableName = options.Table.TableName;

    private readonly PrimaryKey _event = ViewKeys.Event(applied);
    private readonly AttributeValue _sequence = new(StreamSequence.Padded(sequence));

    public TransactWriteItemsRequest For(EventOrder order)
    {
        var digest = ViewKeys.Digest(_event);
        var shard = keys.Shard(digest);
        var feedSort = ViewKeys.FeedSortKey(appliedAt, digest);
        return new TransactWriteItemsRequest
        {
            TransactItems =
            [
                new() { Put = PutEvent() },
                new() { Update = UpdateStream(order) },
                new() { Update = Count(keys.Counter(digest, applied.Type), isNewStream: order == EventOrder.First) },
                new() { Put = PutName(new PrimaryKey(ViewKeys.Feed(shard, null), feedSort)) },
                new() { Put = PutName(new PrimaryKey(ViewKeys.Feed(shard, applied.Type), feedSort)) },
                .. Lookups(digest),
            ],
        };
    }

    /// <summary>The order that the stream's row says; an absent row has no attributes.</summary>
    public static EventOrder OrderOf(Dictionary<string, AttributeValue>? streamRow, string sequence) =>
        streamRow is not { Count: > 0 } ? EventOrder.First
        : string.CompareOrdinal(StreamSequence.Padded(sequence), streamRow[ViewAttributes.Sequence].S) >= 0 ? EventOrder.Latest
        : EventOrder.Earlier;

    private Put PutEvent()
    {
        var item = _event.ToAttributes();
        item[ViewAttributes.Envelope] = new(Encoding.UTF8.GetString(applied.Envelope.Span));
        return new Put { TableName = _tableName, Item = item, ConditionExpression = $"attribute_not_exists({EventItem.PartitionKey})" };
    }

    private TransactWriteItem[] Lookups(ulong digest)
    {
        if (!options.Lookups)
        {
            return [];
        }

        var byId = PutName(ViewKeys.ById(applied, digest));
        byId.Item[ViewAttributes.Applied] = new(ViewKeys.TimeText(appliedAt));
        return [new() { Put = PutName(ViewKeys.InHistory(applied, _sequence.S, digest)) }, new() { Put = byId }];
    }

    /// <summary>An item of a list, which only names the event.</summary>
    private Put PutName(PrimaryKey key)
    {
        var item = key.ToAttributes();
        item[ViewAttributes.EventPartition] = new(_event.Partition);
        item[ViewAttributes.EventSort] = new(_event.Sort);
        return new Put { TableName = _tableName, Item = item };
    }

    private Update UpdateStream(EventOrder order)
    {
        var update = new Update
        {
            TableName = _tableName,
            Key = ViewKeys.StreamRow(applied.Stream).ToAttributes(),
            ExpressionAttributeNames = new() { ["#events"] = ViewAttributes.Events, ["#seq"] = ViewAttributes.Sequence },
            ExpressionAttributeValues = new() { [":one"] = One, [":seq"] = _sequence },
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        };
        if (order == EventOrder.Earlier)
        {
            (update.UpdateExpression, update.ConditionExpression) = ("ADD #events :one", "#seq > :seq");
            return update;
        }

        update.ExpressionAttributeNames["#latest"] = ViewAttributes.Latest;
        update.ExpressionAttributeValues[":latest"] = new(_event.Sort);
        update.UpdateExpression = "SET #seq = :seq, #latest = :latest ADD #events :one";
        update.ConditionExpression = order == EventOrder.First ? $"attribute_not_exists({EventItem.PartitionKey})" : "#seq <= :seq";
        return update;
    }

    private Update Count(PrimaryKey counter, bool isNewStream) => new()
    {
        TableName = _tableName,
        Key = counter.ToAttributes(),
        UpdateExpression = "SET #type = :type ADD #events :one, #streams :streams",
        ExpressionAttributeNames = new() { ["#type"] = ViewAttributes.Type, ["#events"] = ViewAttributes.Events, ["#streams"] = ViewAttributes.Streams },
        ExpressionAttributeValues = new() { [":type"] = new(applied.Type), [":one"] = One, [":streams"] = new() { N = isNewStream ? "1" : "0" } },
    };
}
