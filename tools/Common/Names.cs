namespace DataToEvents.Common;

/// <summary>The names of resources, the same here and on AWS.</summary>
public static class Names
{
    public const string Stream = "data-events-stream";
    public const string Queue = "data-events-queue.fifo";
    public const string DeadLetterQueue = "data-events-dlq.fifo";
    public const string Table = "data-events";
    public const string ViewTable = "data-events-view";
    public const string Bus = "data-events-bus";
    public const string Archive = "data-events-archive";
    public const string Rule = "data-inserted";
    public const string RuleDeadLetterQueue = "data-events-rule-dlq";
    public const string AuditRule = "data-audit";
    public const string AuditQueue = "data-events-audit";

    /// <summary>The data directory, as a bucket.</summary>
    public const string Bucket = "data-events";

    /// <summary>The folders of the data directory that the bucket has. The database beside them is never in it.</summary>
    public static IReadOnlyList<string> Prefixes { get; } = ["catalog/", "lake/", OnFailurePrefix, "payloads/", QuarantinePrefix, "recovered/"];

    /// <summary>The event catalog that the path uses, with its schemas. The host writes it here, and Terraform on AWS.</summary>
    public const string CatalogObject = "catalog/catalog.zip";

    public const string OnFailurePrefix = "on-failure/";

    public const string QuarantinePrefix = "quarantine/";
}
