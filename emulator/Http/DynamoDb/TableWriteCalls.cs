namespace DataToEvents.Emulator.Http.DynamoDb;

/// <summary>PutItem, UpdateItem, DeleteItem, and TransactWriteItems on one table.</summary>
internal static class TableWriteCalls
{
    /// <summary>Actions in a transaction. Source: Amazon DynamoDB API Reference, "TransactWriteItems".</summary>
    private const int MaxActions = 100;

    private const string Refused = "The conditional request failed";

    public static async Task OneAsync(ItemTable table, TableWrite write, ItemsUnderWay underWay, Utf8JsonWriter answer)
    {
        if (underWay.IsHeld(table, write.Key))
        {
            throw new AwsException("TransactionConflictException", ItemsUnderWay.Message);
        }

        var outcome = await table.TransactAsync(write.Apply);
        if (outcome.IsRefused)
        {
            throw new AwsException(new AwsError(400, "ConditionalCheckFailedException", Refused) { Details = json => WriteItem(json, outcome.Item) });
        }

        answer.WriteStartObject();
        WriteItem(answer, outcome.Item, "Attributes");
        answer.WriteEndObject();
    }

    public static async Task TransactAsync(JsonRequest call, Func<JsonRequest, ItemTable> find, RequestTokens tokens, ItemsUnderWay underWay, Utf8JsonWriter answer)
    {
        var actions = call.Objects("TransactItems").Select(item => Read(item, find)).ToList();
        if (actions.Count is 0 or > MaxActions)
        {
            throw new AwsException("ValidationException", $"1 validation error detected: Value at 'transactItems' failed to satisfy constraint: Member must have length between 1 and {MaxActions}");
        }

        if (actions.Select(action => action.Table).Distinct().Count() > 1)
        {
            throw new AwsException("ValidationException", "Transactions over several tables are not supported here.");
        }

        if (actions.Select(action => action.Write.Key).Distinct().Count() < actions.Count)
        {
            throw new AwsException("ValidationException", "Transaction request cannot include multiple operations on one item");
        }

        Task TransactAsync() => TableWriteCalls.TransactAsync(actions, underWay);
        await (call.Text("ClientRequestToken") is { } token
            ? tokens.OnceAsync(token, SHA256.HashData(JsonMarshal.GetRawUtf8Value(call.Json.GetProperty("TransactItems"))), TransactAsync)
            : TransactAsync());
        answer.WriteStartObject();
        answer.WriteEndObject();
    }

    private static async Task TransactAsync(List<(ItemTable Table, TableWrite Write)> actions, ItemsUnderWay underWay)
    {
        var items = actions.ConvertAll(action => (action.Table, action.Write.Key));
        if (underWay.TryHold(items) is { } conflicts)
        {
            throw Cancelled([.. conflicts.Select(isHeld => isHeld ? new Reason("TransactionConflict", ItemsUnderWay.Message, null) : Reason.None)]);
        }

        try
        {
            await actions[0].Table.TransactAsync(transaction => Apply(transaction, actions), mayThrow: true);
        }
        finally
        {
            underWay.Release(items);
        }
    }

    private static (ItemTable Table, TableWrite Write) Read(JsonRequest item, Func<JsonRequest, ItemTable> find)
    {
        var members = item.Json.EnumerateObject().Where(static member => member.Value.ValueKind != JsonValueKind.Null).ToList();
        if (members.Count != 1 || !Kinds.TryGetValue(members[0].Name, out var read))
        {
            throw new AwsException("ValidationException", "TransactItems can only contain one of Check, Put, Update or Delete");
        }

        var (kind, request) = (members[0].Name, JsonRequest.Of(members[0].Value));
        RequestShapes.Actions[kind].Check(kind, request.Json);
        var table = find(request);
        return (table, read(request, table));
    }

    private static readonly Dictionary<string, Func<JsonRequest, ItemTable, TableWrite>> Kinds = new()
    {
        ["Put"] = TableWrite.Put,
        ["Update"] = TableWrite.Update,
        ["Delete"] = TableWrite.Delete,
        ["ConditionCheck"] = TableWrite.Check,
    };

    /// <summary>Applies all actions or none: the exception rolls the transaction back.</summary>
    private static int Apply(ItemTransaction transaction, List<(ItemTable Table, TableWrite Write)> actions)
    {
        var outcomes = actions.Select(action => action.Write.Apply(transaction)).ToList();
        if (!outcomes.Any(outcome => outcome.IsRefused))
        {
            return outcomes.Count;
        }

        throw Cancelled(outcomes.ConvertAll(outcome => outcome.IsRefused ? new Reason("ConditionalCheckFailed", Refused, outcome.Item) : Reason.None));
    }

    private static AwsException Cancelled(List<Reason> reasons) => new(new AwsError(
        400,
        "TransactionCanceledException",
        $"Transaction cancelled, please refer cancellation reasons for specific reasons [{string.Join(", ", reasons.Select(reason => reason.Code))}]")
    { Details = json => WriteReasons(json, reasons) });

    private static void WriteReasons(Utf8JsonWriter json, List<Reason> reasons)
    {
        json.WriteStartArray("CancellationReasons");
        foreach (var reason in reasons)
        {
            json.WriteStartObject();
            json.WriteString("Code", reason.Code);
            if (reason.Message is not null)
            {
                json.WriteString("Message", reason.Message);
                WriteItem(json, reason.Item);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Why one action of a transaction was not carried out; the code of one that is not to blame is None.</summary>
    private readonly record struct Reason(string Code, string? Message, ReadOnlyMemory<byte>? Item)
    {
        public static Reason None { get; } = new("None", null, null);
    }

    private static void WriteItem(Utf8JsonWriter json, ReadOnlyMemory<byte>? item, string name = "Item")
    {
        if (item is { } existing)
        {
            json.WritePropertyName(name);
            ItemJson.Write(json, existing);
        }
    }
}
