namespace DataToEvents.Emulator.Http.DynamoDb;

/// <summary>BatchExecuteStatement with PartiQL's INSERT, the only statement that is supported.</summary>
internal static partial class InsertStatements
{
    /// <summary>Statements in a batch. Source: Amazon DynamoDB API Reference, "BatchExecuteStatement".</summary>
    private const int MaxStatements = 25;

    public static async Task ExecuteAsync(JsonRequest call, Func<string, ItemTable?> find, Utf8JsonWriter answer)
    {
        var statements = call.Objects("Statements").ToList();
        if (statements.Count is 0 or > MaxStatements)
        {
            throw new AwsException("ValidationException", $"1 validation error detected: Value at 'statements' failed to satisfy constraint: Member must have length between 1 and {MaxStatements}");
        }

        var outcomes = new StatementOutcome[statements.Count];
        var inserts = new List<(int Index, ItemTable Table, ReadOnlyMemory<byte> Item)>();
        for (var i = 0; i < outcomes.Length; i++)
        {
            outcomes[i] = Read(statements[i], find, out var table, out var item);
            if (outcomes[i].Code is null)
            {
                inserts.Add((i, table!, item));
            }
        }

        foreach (var group in inserts.GroupBy(insert => insert.Table))
        {
            var entries = group.ToList();
            var results = await group.Key.PutIfAbsentAsync([.. entries.Select(entry => entry.Item)]);
            for (var i = 0; i < results.Count; i++)
            {
                outcomes[entries[i].Index] = outcomes[entries[i].Index].With(results[i]);
            }
        }

        Write(answer, outcomes);
    }

    private static StatementOutcome Read(JsonRequest statement, Func<string, ItemTable?> find, out ItemTable? table, out ReadOnlyMemory<byte> item)
    {
        (table, item) = (null, default);
        var insert = Insert().Match(statement.RequiredText("Statement"));
        var returnsOld = statement.Text("ReturnValuesOnConditionCheckFailure") == "ALL_OLD";
        if (!insert.Success)
        {
            return new StatementOutcome("", returnsOld, "ValidationError", "Only INSERT INTO \"table\" VALUE {'name': ?, ...} is supported here.");
        }

        var outcome = new StatementOutcome(insert.Groups["table"].Value, returnsOld, null, null);
        table = find(outcome.TableName);
        if (table is null)
        {
            return outcome with { Code = "ResourceNotFound", Message = "Requested resource not found" };
        }

        var names = insert.Groups["name"].Captures;
        var parameters = statement.Array("Parameters") is { } array ? array.EnumerateArray().ToList() : [];
        if (names.Count != parameters.Count)
        {
            return outcome with { Code = "ValidationError", Message = "Number of parameters in request and statement don't match." };
        }

        item = ItemJson.Item(parameters.Select((value, i) => KeyValuePair.Create(names[i].Value, value)));
        return outcome;
    }

    private static void Write(Utf8JsonWriter answer, StatementOutcome[] outcomes)
    {
        answer.WriteStartObject();
        answer.WriteStartArray("Responses");
        foreach (var outcome in outcomes)
        {
            answer.WriteStartObject();
            answer.WriteString("TableName", outcome.TableName);
            if (outcome.Code is not null)
            {
                answer.WriteStartObject("Error");
                answer.WriteString("Code", outcome.Code);
                answer.WriteString("Message", outcome.Message);
                if (outcome.Existing is { } existing)
                {
                    answer.WritePropertyName("Item");
                    ItemJson.Write(answer, existing);
                }

                answer.WriteEndObject();
            }

            answer.WriteEndObject();
        }

        answer.WriteEndArray();
        answer.WriteEndObject();
    }

    [GeneratedRegex("""\A\s*INSERT\s+INTO\s+"?(?<table>[\w.-]+)"?\s+VALUE\s+\{\s*(?:'(?<name>[^']+)'\s*:\s*\?(?>\s*)(?:,\s*)?)+\}\s*\z""", RegexOptions.IgnoreCase)]
    private static partial Regex Insert();

    private sealed record StatementOutcome(string TableName, bool ReturnsOld, string? Code, string? Message)
    {
        public ReadOnlyMemory<byte>? Existing { get; private init; }

        public StatementOutcome With(PutOutcome put) => put switch
        {
            PutOutcome.Invalid refused => this with { Code = "ValidationError", Message = refused.Message },
            PutOutcome.AlreadyExists exists => this with
            {
                Code = "DuplicateItem",
                Message = "Duplicate primary key exists in table",
                // A plain null would become an empty memory here.
                Existing = ReturnsOld ? exists.Item : default(ReadOnlyMemory<byte>?),
            },
            _ => this,
        };
    }
}
