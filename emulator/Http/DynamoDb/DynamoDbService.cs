namespace DataToEvents.Emulator.Http.DynamoDb;

/// <summary>
/// DynamoDB's JSON protocol (2012-08-10) in front of the emulator's tables, for the requests that <see cref="RequestShapes"/> lists. Any other
/// request is refused with a ValidationException and changes nothing.
/// </summary>
public sealed class DynamoDbService(IEnumerable<ItemTable> tables) : IJsonService
{
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
        using var call = JsonRequest.Parse(this, operation, request);
        await AnswerAsync(operation, call, answer);
    }

    private Task AnswerAsync(string operation, JsonRequest call, Utf8JsonWriter answer) => operation switch
    {
        "BatchExecuteStatement" => InsertStatements.ExecuteAsync(call, name => _tables.GetValueOrDefault(name), answer),
        "PutItem" => TableWriteCalls.OneAsync(Find(call), TableWrite.Put(call, Find(call)), _underWay, answer),
        "UpdateItem" => TableWriteCalls.OneAsync(Find(call), TableWrite.Update(call, Find(call)), _underWay, answer),
        "DeleteItem" => TableWriteCalls.OneAsync(Find(call), TableWrite.Delete(call, Find(call)), _underWay, answer),
        "TransactWriteItems" => TableWriteCalls.TransactAsync(call, Find, _tokens, _underWay, answer),
        "GetItem" => TableReads.GetAsync(Find(call), call, answer),
        "BatchGetItem" => TableReads.BatchGetAsync(call, Find, answer),
        "Query" => TableQuery.AnswerAsync(Find(call), call, answer),
        "Scan" => TableListings.ScanAsync(Find(call), call, answer),
        "DescribeTable" => TableListings.DescribeAsync(Find(call), answer),
        "ListTables" => TableListings.ListAsync(_tables.Keys, answer),
        _ => throw new UnreachableException(),
    };

    private ItemTable Find(JsonRequest call) => Find(call.RequiredText("TableName"));

    /// <param name="nameOrArn">A name or an ARN: DynamoDB takes both.</param>
    private ItemTable Find(string nameOrArn) => _tables.TryGetValue(nameOrArn[(nameOrArn.LastIndexOf('/') + 1)..], out var table)
        ? table
        : throw new AwsException("ResourceNotFoundException", "Requested resource not found");
}
