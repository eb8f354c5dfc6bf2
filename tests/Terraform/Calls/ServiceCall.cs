namespace DataToEvents.Terraform.Tests.Calls;

/// <param name="Action">IAM's name of the action.</param>
/// <param name="Resource">ARN of what it is done to.</param>
internal sealed record Demand(string Action, string Resource);

/// <summary>A call that a client sent, and what IAM asks for it (AWS's service authorization reference).</summary>
/// <param name="Operation">The operation, for example <c>SendMessageBatch</c>.</param>
/// <param name="Target">S3: bucket and key; elsewhere empty.</param>
internal sealed partial record ServiceCall(string Operation, string Target, JsonElement Request)
{
    private const string Home = "eu-north-1:123456789012";

    public IEnumerable<Demand> Demands() => Operation switch
    {
        "PutObject" or "GetObject" => [new($"s3:{Operation}", $"arn:aws:s3:::{Target}")],
        "SendMessage" or "SendMessageBatch" => [new("sqs:SendMessage", $"arn:aws:sqs:{Home}:{Text(Request, "QueueUrl").Split('/')[^1]}")],
        "GetQueueAttributes" => [new("sqs:GetQueueAttributes", $"arn:aws:sqs:{Home}:{Text(Request, "QueueUrl").Split('/')[^1]}")],
        "DescribeEventBus" => [new("events:DescribeEventBus", Bus(Text(Request, "Name")))],
        "PutEvents" => Request.GetProperty("Entries").EnumerateArray().Select(entry => new Demand("events:PutEvents", Bus(Text(entry, "EventBusName")))),
        "BatchExecuteStatement" => Request.GetProperty("Statements").EnumerateArray()
            .Select(statement => new Demand("dynamodb:PartiQLInsert", Table(Insert().Match(Text(statement, "Statement")).Groups["table"].Value))),
        "TransactWriteItems" => Request.GetProperty("TransactItems").EnumerateArray().SelectMany(item => item.EnumerateObject())
            .Select(write => new Demand($"dynamodb:{write.Name}Item", Table(Text(write.Value, "TableName")))),
        "BatchGetItem" => Request.GetProperty("RequestItems").EnumerateObject().Select(table => new Demand("dynamodb:BatchGetItem", Table(table.Name))),
        "GetItem" or "Query" => [new($"dynamodb:{Operation}", Table(Text(Request, "TableName")))],
        _ => throw new InvalidOperationException($"Say here which actions IAM asks for {Operation}."),
    };

    /// <summary>What KMS is asked for in the caller's name when the resource is encrypted with a customer's key (each service's manual, "encryption at rest").</summary>
    public IEnumerable<string> KeyActions() => Operation switch
    {
        "PutObject" => ["kms:GenerateDataKey"],
        "SendMessage" or "SendMessageBatch" => ["kms:GenerateDataKey", "kms:Decrypt"],
        "PutEvents" or "DescribeEventBus" or "GetQueueAttributes" => [],
        _ => ["kms:Decrypt"],
    };

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static string Bus(string name) => $"arn:aws:events:{Home}:event-bus/{name}";

    private static string Table(string name) => $"arn:aws:dynamodb:{Home}:table/{name}";

    [GeneratedRegex("""^INSERT INTO "(?<table>[^"]+)" """)]
    private static partial Regex Insert();
}
