namespace DataToEvents.Deployed.Tests.Discovery;

/// <summary>A DynamoDB table as it is deployed.</summary>
/// <param name="Name">The table's name.</param>
/// <param name="Arn">The table's ARN.</param>
/// <param name="StreamArn">The ARN of the change stream; null if it has none.</param>
/// <param name="PartitionKey">The name of the attribute, which has the type S.</param>
/// <param name="SortKey">The name of the attribute, which has the type S.</param>
/// <param name="TimeToLiveAttribute">The attribute with an item's expiry; null if no item expires.</param>
internal sealed record DeployedTable(string Name, string Arn, string? StreamArn, string PartitionKey, string SortKey, string? TimeToLiveAttribute)
{
    public static DeployedTable Read(Answer answer)
    {
        var timeToLive = answer.Object("timeToLive", TimeToLive);
        return answer.Object("table", Table) with { TimeToLiveAttribute = timeToLive.Attribute };
    }

    private static DeployedTable Table(Answer answer)
    {
        answer.Must("TableStatus", "ACTIVE");
        answer.SetAside(
            "CreationDateTime", "ProvisionedThroughput", "TableSizeBytes", "ItemCount", "BillingModeSummary", "DeletionProtectionEnabled", "WarmThroughput",
            "TableId", "SSEDescription", "LatestStreamLabel");
        var keys = answer.Objects("KeySchema", key => (Kind: key.Text("KeyType"), Name: key.Text("AttributeName")));
        var types = answer.Objects("AttributeDefinitions", attribute =>
        {
            attribute.Must("AttributeType", "S");
            return attribute.Text("AttributeName");
        });
        if (keys is not [("HASH", _), ("RANGE", _)] || types.Count != 2)
        {
            throw new DeploymentException($"{answer.Place} has other keys than a partition and a sort key of type S.");
        }

        answer.OptionalObject("StreamSpecification", Stream);
        return new DeployedTable(answer.Text("TableName"), answer.Text("TableArn"), answer.OptionalText("LatestStreamArn"), keys[0].Name, keys[1].Name, null);
    }

    private static string Stream(Answer answer)
    {
        answer.Must("StreamEnabled", "True");
        answer.Must("StreamViewType", "NEW_AND_OLD_IMAGES");
        return "";
    }

    private static Expiry TimeToLive(Answer answer)
    {
        answer.Must("TimeToLiveStatus", "ENABLED", "DISABLED");
        return new Expiry(answer.OptionalText("AttributeName"));
    }

    private sealed record Expiry(string? Attribute);
}
