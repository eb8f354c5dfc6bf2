namespace DataToEvents.Emulator.Http.DynamoDb;

/// <summary>
/// DynamoDB's JSON protocol (2012-08-10) in front of the emulator's tables, for the requests that <see cref="RequestShapes"/> lists. Any other
/// request is refused with a ValidationException and changes nothing.
/// </summary>
/// <param name="tables">The tables.</param>
/// <param name="region">The region of the tables that clients make.</param>
/// <param name="accountId">Their account.</param>
public sealed class DynamoDbService(TableCatalog tables, string region = "us-east-1", string accountId = "000000000000") : IJsonService
{
    /// <summary>Source: Amazon DynamoDB Developer Guide, "Naming rules and data types".</summary>
    private const int MaxNameLength = 255;

    private readonly TableCalls _calls = new(tables, region, accountId);
    private readonly TableTags _tags = new(tables, region, accountId);
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
        CheckMetrics(operation, call);
        return operation switch
        {
            "BatchExecuteStatement" => InsertStatements.ExecuteAsync(call, tables.Find, answer),
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

    private async Task TellAsync(string operation, JsonRequest call, Utf8JsonWriter answer)
    {
        var told = operation switch
        {
            "CreateTable" => await _calls.CreateAsync(call),
            "UpdateTable" => await _calls.UpdateAsync(Named(call), call),
            "DeleteTable" => await _calls.DeleteAsync(Named(call)),
            "DescribeTable" => new JsonObject { ["Table"] = await TableListings.DescribeAsync(Named(call), TableListings.Active) },
            "UpdateTimeToLive" => await _calls.UpdateTimeToLiveAsync(Named(call), call),
            "TagResource" => await _tags.TagAsync(call),
            "UntagResource" => await _tags.UntagAsync(call),
            "ListTagsOfResource" => _tags.List(call),
            "DescribeTimeToLive" => TableListings.TimeToLive(Named(call).Options),
            "DescribeContinuousBackups" => TryFind(Name(call)) is not null ? TableListings.ContinuousBackups() : throw new AwsException("TableNotFoundException", $"Table not found: {call.Text("TableName")}"),
            "DescribeLimits" => TableListings.Limits(),
            "ListTables" => TableListings.List(tables.All.Select(static table => table.Options.Name), call),
            _ => throw new UnreachableException(),
        };
        told.WriteTo(answer);
    }

    /// <summary>A wrong name is reported before anything else that is wrong with the request.</summary>
    private static void CheckName(JsonRequest call)
    {
        if (call.Text("TableName") is { } name && !name.StartsWith("arn:", StringComparison.Ordinal) && NameFault(name) is { } fault)
        {
            throw new AwsException("ValidationException", $"1 validation error detected: Value '{name}' at 'tableName' failed to satisfy constraint: {fault}");
        }
    }

    /// <summary>Tables with a local index have metrics of their item collections, which the emulator does not return.</summary>
    private void CheckMetrics(string operation, JsonRequest call)
    {
        if (call.Text("ReturnItemCollectionMetrics") == "SIZE" && tables.All.Any(static table => table.Options.Indexes.Any(static index => index.IsLocal)))
        {
            throw RequestShape.NotSupported(operation, "ReturnItemCollectionMetrics SIZE");
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
    private ItemTable? TryFind(string nameOrArn) => tables.Find(nameOrArn[(nameOrArn.LastIndexOf('/') + 1)..]);

    private static string Name(JsonRequest call) => call.Text("TableName")
        ?? throw new AwsException("ValidationException", "1 validation error detected: Value null at 'tableName' failed to satisfy constraint: Member must not be null");
}
