namespace DataToEvents.Adapters.Sqs;

/// <summary>Names the queue.</summary>
public sealed record SqsOptions
{
    /// <summary>The environment variable that names the queue.</summary>
    public const string Variable = "QUEUE_URL";

    /// <param name="queueUrl">URL of a FIFO queue.</param>
    /// <exception cref="ArgumentException">It is none; the message names <see cref="Variable"/>.</exception>
    public SqsOptions(string? queueUrl) =>
        QueueUrl = Uri.TryCreate(queueUrl, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" && url.AbsolutePath.EndsWith(".fifo", StringComparison.Ordinal)
            ? queueUrl
            : throw new ArgumentException($"{Variable} must be the URL of a FIFO queue (https://…/name.fifo), and is \"{queueUrl}\".", nameof(queueUrl));

    public string QueueUrl { get; }
}
