namespace DataToEvents.Deployed.Tests.Promises;

/// <summary>
/// The places where data has to lie, by the names in the documents. They are not read from the deployment, because one that puts data
/// elsewhere is broken.
/// </summary>
/// <param name="Bucket">The bucket of the lake, of payloads and of set-aside objects.</param>
internal sealed record Places(string Bucket)
{
    public const string Stream = "data-events-stream";
    public const string Queue = "data-events-queue.fifo";
    public const string DeadLetters = "data-events-dlq.fifo";
    public const string RuleDeadLetters = "data-events-rule-dlq";
    public const string Audit = "data-events-audit";
    public const string AuditDeadLetters = "data-events-audit-dlq";
    public const string Table = "data-events";
    public const string Bus = "data-events-bus";

    public const string Lake = "lake/events/year=";
    public const string Errors = "lake/errors/";
    public const string ProcessingFailed = "lake/errors/processing-failed/";
    public const string OnFailure = "aws/lambda/";
    public const string Quarantine = "quarantine/";
    public const string Payloads = "payloads/";

    /// <summary>From <c>terraform output -json</c>: the bucket's name holds the account's number.</summary>
    public static Places Read(string outputs)
    {
        using var json = JsonDocument.Parse(outputs);
        return new Places(json.RootElement.GetProperty("bucket_name").GetProperty("value").GetString()!);
    }
}
