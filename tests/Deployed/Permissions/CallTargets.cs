using DataToEvents.Deployed.Tests.Discovery;
using DataToEvents.Emulator.Http;

namespace DataToEvents.Deployed.Tests.Permissions;

/// <summary>The actions that IAM asks for when a call is made, and on which resources: each has to be allowed.</summary>
internal sealed partial class CallTargets(Deployment deployment)
{
    public IEnumerable<CallTarget> Of(AwsCall call)
    {
        if (call.Service == "S3")
        {
            return [OfS3(call)];
        }

        using var json = JsonDocument.Parse(call.Request);
        var request = json.RootElement;
        return (call.Service switch
        {
            "AmazonSQS" => [new CallTarget($"sqs:{call.Operation.Replace("Batch", "", StringComparison.Ordinal)}", Queue(request))],
            "AWSEvents" => OfEvents(call.Operation, request),
            "DynamoDB_20120810" => OfDynamoDb(call.Operation, request),
            "Firehose_20150804" => [new CallTarget($"firehose:{call.Operation}", deployment.Delivery.Arn)],
            _ => throw new DeploymentException($"A call to {call.Service} is not understood here."),
        }).ToList();
    }

    private static CallTarget OfS3(AwsCall call) => call.Operation switch
    {
        "ListObjectsV2" or "HeadBucket" => new CallTarget("s3:ListBucket", $"arn:aws:s3:::{call.Bucket}")
        {
            Context = new Dictionary<string, string> { ["s3:prefix"] = call.Key ?? "" },
        },
        "HeadObject" => new CallTarget("s3:GetObject", $"arn:aws:s3:::{call.Bucket}/{call.Key}"),
        _ => new CallTarget($"s3:{call.Operation}", $"arn:aws:s3:::{call.Bucket}/{call.Key}"),
    };

    private string Queue(JsonElement request)
    {
        var name = request.TryGetProperty("QueueUrl", out var url) ? url.GetString()!.Split('/')[^1] : request.GetProperty("QueueName").GetString()!;
        return $"arn:aws:sqs:{deployment.Region}:{deployment.Account}:{name}";
    }

    private IEnumerable<CallTarget> OfEvents(string operation, JsonElement request) => operation == "PutEvents"
        ? request.GetProperty("Entries").EnumerateArray()
            .Select(entry => new CallTarget("events:PutEvents", Bus(entry.TryGetProperty("EventBusName", out var bus) ? bus.GetString()! : "default")))
        : [new CallTarget($"events:{operation}", Bus(request.GetProperty("Name").GetString()!))];

    private string Bus(string nameOrArn) =>
        nameOrArn.StartsWith("arn:", StringComparison.Ordinal) ? nameOrArn : $"arn:aws:events:{deployment.Region}:{deployment.Account}:event-bus/{nameOrArn}";

    private IEnumerable<CallTarget> OfDynamoDb(string operation, JsonElement request) => operation switch
    {
        "BatchExecuteStatement" => request.GetProperty("Statements").EnumerateArray().Select(statement => OfStatement(statement.GetProperty("Statement").GetString()!)),
        "TransactWriteItems" => request.GetProperty("TransactItems").EnumerateArray().SelectMany(item => item.EnumerateObject())
            .Select(write => new CallTarget(write.Name == "ConditionCheck" ? "dynamodb:ConditionCheckItem" : $"dynamodb:{write.Name}Item", Table(write.Value))),
        "BatchGetItem" => request.GetProperty("RequestItems").EnumerateObject().Select(table => new CallTarget("dynamodb:BatchGetItem", Table(table.Name))),
        "Query" or "Scan" when request.TryGetProperty("IndexName", out var index) => [new CallTarget($"dynamodb:{operation}", $"{Table(request)}/index/{index.GetString()}")],
        _ => [new CallTarget($"dynamodb:{operation}", Table(request))],
    };

    private CallTarget OfStatement(string statement)
    {
        var parts = Insert().Match(statement);
        return parts.Success
            ? new CallTarget("dynamodb:PartiQLInsert", Table(parts.Groups["table"].Value))
            : throw new DeploymentException($"The statement \"{statement}\" is not understood here.");
    }

    private string Table(JsonElement request) => Table(request.GetProperty("TableName").GetString()!);

    private string Table(string nameOrArn) =>
        nameOrArn.StartsWith("arn:", StringComparison.Ordinal) ? nameOrArn : $"arn:aws:dynamodb:{deployment.Region}:{deployment.Account}:table/{nameOrArn}";

    [GeneratedRegex("""^\s*INSERT\s+INTO\s+"(?<table>[^"]+)"\s""", RegexOptions.IgnoreCase)]
    private static partial Regex Insert();
}

/// <param name="Action">The action, for example <c>dynamodb:PutItem</c>.</param>
/// <param name="Resource">The ARN of the resource.</param>
internal sealed record CallTarget(string Action, string Resource)
{
    public IReadOnlyDictionary<string, string> Context { get; init; } = new Dictionary<string, string>();
}
