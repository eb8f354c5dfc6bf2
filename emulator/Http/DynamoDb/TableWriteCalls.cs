namespace DataToEvents.Emulator.Http.DynamoDb;

/// <summary>PutItem, UpdateItem, DeleteItem, and TransactWriteItems.</summary>
internal static class TableWriteCalls
{
    private const string Refused = "The conditional request failed";

    private static readonly Dictionary<string, Func<JsonRequest, ItemTable, TableWrite>> Kinds = new()
    {
        ["Put"] = TableWrite.Put,
        ["Update"] = TableWrite.Update,
        ["Delete"] = TableWrite.Delete,
        ["ConditionCheck"] = TableWrite.Check,
    };

    public static async Task OneAsync(ItemTable table, TableWrite write, ItemsUnderWay underWay, Utf8JsonWriter answer)
    {
        if (write.Refusal is { } refusal)
        {
            throw new AwsException("ValidationException", refusal);
        }

        if (underWay.IsHeld(table, write.Key))
        {
            throw new AwsException("TransactionConflictException", ItemsUnderWay.Message);
        }

        var outcome = await table.TransactAsync(write.Apply);
        if (outcome.IsRefused)
        {
            throw new AwsException(new AwsError(400, "ConditionalCheckFailedException", Refused) { Details = json => WriteItem(json, outcome.Item, "Item") });
        }

        answer.WriteStartObject();
        WriteItem(answer, outcome.Item, "Attributes");
        answer.WriteEndObject();
    }

    public static async Task TransactAsync(JsonRequest call, Func<JsonRequest, ItemTable> find, RequestTokens tokens, ItemsUnderWay underWay, Utf8JsonWriter answer)
    {
        var actions = TransactionItems.Read(call, item => Read(item, find));
        TransactionItems.ThrowIfRefused(actions.ConvertAll(static action => action.Write.Refusal));
        TransactionItems.ThrowIfTwice(actions.ConvertAll(static action => (action.Table, action.Write.Key)));
        TransactionItems.ThrowIfTooLarge(actions.Sum(static action => (long)action.Write.Bytes));

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
            TransactionItems.ThrowIfHeld(conflicts);
        }

        try
        {
            await ItemTable.TransactAsync(actions.ConvertAll(static action => action.Table), transactions => Apply(transactions, actions), mayThrow: true);
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

    /// <summary>Applies all actions or none: the exception rolls the transaction back.</summary>
    private static int Apply(IReadOnlyDictionary<ItemTable, ItemTransaction> transactions, List<(ItemTable Table, TableWrite Write)> actions)
    {
        var reasons = actions.ConvertAll(action => Apply(transactions[action.Table], action.Write));
        return reasons.TrueForAll(static reason => reason.Message is null) ? reasons.Count : throw TransactionItems.Cancelled(reasons);
    }

    private static TransactionItems.Reason Apply(ItemTransaction transaction, TableWrite write)
    {
        try
        {
            var outcome = write.Apply(transaction);
            return outcome.IsRefused ? new TransactionItems.Reason("ConditionalCheckFailed", Refused, outcome.Item) : TransactionItems.Reason.None;
        }
        catch (AwsException invalid)
        {
            return new TransactionItems.Reason("ValidationError", invalid.Message, null);
        }
        catch (ServiceException invalid)
        {
            return new TransactionItems.Reason("ValidationError", invalid.Message, null);
        }
    }

    private static void WriteItem(Utf8JsonWriter json, ReadOnlyMemory<byte>? item, string name)
    {
        if (item is { } existing)
        {
            json.WritePropertyName(name);
            ItemJson.Write(json, existing);
        }
    }
}
