namespace DataToEvents.Adapters.Sqs;

/// <summary>Names a FIFO queue.</summary>
public sealed record SqsOptions
{
    /// <summary>The environment variable that names the queue of events.</summary>
    public const string QueueVariable = "QUEUE_URL";

    /// <summary>The environment variable that names its dead-letter queue.</summary>
    public const string DeadLettersVariable = "DEAD_LETTER_QUEUE_URL";

    /// <param name="queueUrl">URL of a FIFO queue.</param>
    /// <param name="variable">The environment variable that it comes from.</param>
    /// <exception cref="ArgumentException">The value is no queue URL. The message names the variable.</exception>
    public SqsOptions(string? queueUrl, string variable)
    {
        QueueUrl = Uri.TryCreate(queueUrl, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" && url.AbsolutePath.EndsWith(".fifo", StringComparison.Ordinal)
            ? queueUrl
            : throw new ArgumentException($"{variable} must be the URL of a FIFO queue (https://…/name.fifo), and is \"{queueUrl}\".", nameof(queueUrl));
        Variable = variable;
    }

    public string QueueUrl { get; }

    public string Variable { get; }
}
