namespace DataToEvents.Emulator.Http.DynamoDb;

/// <summary>What TransactWriteItems and TransactGetItems have in common.</summary>
internal static class TransactionItems
{
    /// <summary>Items in a transaction. Source: Amazon DynamoDB API Reference, "TransactWriteItems" and "TransactGetItems".</summary>
    private const int MaxItems = 100;

    /// <summary>Bytes of all items in a transaction. Source: as above.</summary>
    private const int MaxBytes = 4 * 1024 * 1024;

    /// <exception cref="AwsException">The list is empty or too long.</exception>
    public static List<T> Read<T>(JsonRequest call, Func<JsonRequest, T> read)
    {
        var items = call.Objects("TransactItems").ToList();
        return items.Count switch
        {
            0 => throw Refused("1 validation error detected: Value '[]' at 'transactItems' failed to satisfy constraint: Member must have length greater than or equal to 1"),
            > MaxItems => throw Refused($"1 validation error detected: Value at 'transactItems' failed to satisfy constraint: Member must have length less than or equal to {MaxItems}"),
            _ => items.ConvertAll(item => read(item)),
        };
    }

    /// <exception cref="AwsException">An item has a reason to be refused.</exception>
    public static void ThrowIfRefused(List<string?> refusals)
    {
        if (refusals.Exists(static refusal => refusal is not null))
        {
            throw Cancelled(refusals.ConvertAll(static refusal => refusal is null ? Reason.None : new Reason("ValidationError", refusal, null)));
        }
    }

    /// <exception cref="AwsException">Two actions name one item.</exception>
    public static void ThrowIfTwice(List<(ItemTable Table, ItemKey Key)> items)
    {
        if (items.Distinct().Count() < items.Count)
        {
            throw Refused("Transaction request cannot include multiple operations on one item");
        }
    }

    /// <exception cref="AwsException">Another transaction is writing an item.</exception>
    public static void ThrowIfHeld(IReadOnlyList<bool> conflicts)
    {
        if (conflicts.Contains(true))
        {
            throw Cancelled([.. conflicts.Select(static isHeld => isHeld ? new Reason("TransactionConflict", ItemsUnderWay.Message, null) : Reason.None)]);
        }
    }

    /// <exception cref="AwsException">The items are too large together.</exception>
    public static void ThrowIfTooLarge(long bytes)
    {
        if (bytes > MaxBytes)
        {
            throw Refused("The aggregate size of the items in the transaction exceeds 4 MB");
        }
    }

    public static AwsException Cancelled(List<Reason> reasons) => new(new AwsError(
        400,
        "TransactionCanceledException",
        $"Transaction cancelled, please refer cancellation reasons for specific reasons [{string.Join(", ", reasons.Select(reason => reason.Code))}]")
    { Details = json => WriteReasons(json, reasons) });

    private static AwsException Refused(string message) => new("ValidationException", message);

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
                if (reason.Item is { } item)
                {
                    json.WritePropertyName("Item");
                    ItemJson.Write(json, item);
                }
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Why one action of a transaction was not carried out; the code of one that is not to blame is None.</summary>
    public readonly record struct Reason(string Code, string? Message, ReadOnlyMemory<byte>? Item)
    {
        public static Reason None { get; } = new("None", null, null);
    }
}
