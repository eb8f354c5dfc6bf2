namespace DataToEvents.Emulator.Http.DynamoDb;

/// <summary>
/// DynamoDB's JSON protocol (2012-08-10) in front of the emulator's tables, for the requests that <see cref="RequestShapes"/> lists. Any other
/// request is refused with a ValidationException and changes nothing.
/// </summary>
public sealed class DynamoDbService(IEnumerable<ItemTable> tables) : IJsonService
{
    /// <summary>Source: Amazon DynamoDB Developer Guide, "Naming rules and data types".</summary>
    private const int MaxNameLength = 255;

    private readonly SortedDictionary<string, ItemTable> _tables = new(tables.ToDictionary(table => table.Options.Name), StringComparer.Ordinal);
    private readonly RequestTokens _tokens = new();
    private readonly ItemsUnderWay _underWay = new();

    public string TargetPrefix => "DynamoDB_20120810";

    public string ContentType => "application/x-amz-json-1.0";

    public string ErrorPrefix => "com.amazonaws.dynamodb.v20120810#";

    /// <summary>Room for 25 statements or 100 writes with 4 MB of items, even with most characters escaped. Source: Amazon DynamoDB Developer Guide, "Quotas in Amazon DynamoDB".</summary>
    public int MaxBodyBytes => 24 * 1024 * 1024;

    public IReadOnlyDictionary<string, RequestShape> Operations => RequestShapes.Operations;

    public async Task AnswerAsync(string operation, Memory<byte> request, Utf8JsonWriter answer, CancellationToken cancellationToken)
    {
        using var call = JsonRequest.Parse(request, ItemJson.Reading);
        await AnswerAsync(operation, call, answer);
    }

    private Task AnswerAsync(string operation, JsonRequest call, Utf8JsonWriter answer)
    {
        CheckName(call);
        Operations[operation].Check(operation, call.Json);
        return operation switch
        {
            "BatchExecuteStatement" => InsertStatements.ExecuteAsync(call, name => _tables.GetValueOrDefault(name), answer),
            "PutItem" => TableWriteCalls.OneAsync(Find(call), TableWrite.Put(call, Find(call)), _underWay, answer),
            "UpdateItem" => TableWriteCalls.OneAsync(Find(call), TableWrite.Update(call, Find(call)), _underWay, answer),
            "DeleteItem" => TableWriteCalls.OneAsync(Find(call), TableWrite.Delete(call, Find(call)), _underWay, answer),
            "BatchWriteItem" => BatchWrites.ExecuteAsync(call, Find, _underWay, answer),
            "TransactWriteItems" => TableWriteCalls.TransactAsync(call, Find, _tokens, _underWay, answer),
            "GetItem" => TableReads.GetAsync(Find(call), call, answer),
            "BatchGetItem" => TableReads.BatchGetAsync(call, Find, answer),
            "TransactGetItems" => TableReads.TransactGetAsync(call, Find, _underWay, answer),
            "Query" => TableQuery.AnswerAsync(Find(call), call, answer),
            "Scan" => TableScan.AnswerAsync(Find(call), call, answer),
            _ => TellAsync(operation, call, answer),
        };
    }

    private Task TellAsync(string operation, JsonRequest call, Utf8JsonWriter answer)
    {
        var told = operation switch
        {
            "DescribeTable" => TableListings.Describe(Named(call).Options, Named(call).Stats.Items),
            "DescribeTimeToLive" => TableListings.TimeToLive(Named(call).Options),
            "DescribeContinuousBackups" => TryFind(Name(call)) is not null ? TableListings.ContinuousBackups() : throw new AwsException("TableNotFoundException", $"Table not found: {call.Text("TableName")}"),
            "DescribeLimits" => TableListings.Limits(),
            "ListTables" => TableListings.List(_tables.Keys, call),
            _ => throw new UnreachableException(),
        };
        told.WriteTo(answer);
        return Task.CompletedTask;
    }

    /// <summary>A wrong name is reported before anything else that is wrong with the request.</summary>
    private static void CheckName(JsonRequest call)
    {
        if (call.Text("TableName") is { } name && !name.StartsWith("arn:", StringComparison.Ordinal) && NameFault(name) is { } fault)
        {
            throw new AwsException("ValidationException", $"1 validation error detected: Value '{name}' at 'tableName' failed to satisfy constraint: {fault}");
        }
    }

    private static string? NameFault(string name) =>
        name.Length == 0 ? "Member must have length greater than or equal to 1"
        : name.Length > MaxNameLength ? $"Member must have length less than or equal to {MaxNameLength}"
        : !name.All(static one => char.IsAsciiLetterOrDigit(one) || one is '_' or '.' or '-') ? "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+"
        : null;

    private ItemTable Find(JsonRequest call) => Find(Name(call));

    private ItemTable Find(string nameOrArn) => TryFind(nameOrArn) ?? throw new AwsException("ResourceNotFoundException", "Requested resource not found");

    /// <summary>As <see cref="Find(JsonRequest)"/>, for calls whose errors name the table.</summary>
    private ItemTable Named(JsonRequest call) =>
        TryFind(Name(call)) ?? throw new AwsException("ResourceNotFoundException", $"Requested resource not found: Table: {Name(call)} not found");

    /// <param name="nameOrArn">A name or an ARN: DynamoDB takes both.</param>
    private ItemTable? TryFind(string nameOrArn) => _tables.GetValueOrDefault(nameOrArn[(nameOrArn.LastIndexOf('/') + 1)..]);

    private static string Name(JsonRequest call) => call.Text("TableName")
        ?? throw new AwsException("ValidationException", "1 validation error detected: Value null at 'tableName' failed to satisfy constraint: Member must not be null");
}
