using System.Globalization;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace DataToEvents.Recovery.DeadLetters;

/// <summary>A dead-letter queue by SQS's calls, which know no looking without receiving.</summary>
internal sealed class DeadLetterQueue
{
    public const int MaxBatch = 10;

    /// <summary>How long messages that are looked at are hidden if this program does not get to show them again.</summary>
    private const int HiddenSeconds = 60;

    private static readonly List<string> All = ["All"];

    private readonly IAmazonSQS _sqs;
    private readonly string _url;
    private long _received;

    private DeadLetterQueue(IAmazonSQS sqs, string name, string url, string arn, long depth) =>
        (_sqs, _url, Name, Arn, Depth) = (sqs, url, name, arn, depth);

    public string Name { get; }

    public string Arn { get; }

    /// <summary>Messages when it was opened, those in flight included.</summary>
    public long Depth { get; }

    /// <exception cref="QueueDoesNotExistException">There is none of that name.</exception>
    public static async Task<DeadLetterQueue> OpenAsync(IAmazonSQS sqs, string name)
    {
        var url = (await sqs.GetQueueUrlAsync(name)).QueueUrl;
        var attributes = (await sqs.GetQueueAttributesAsync(url, All)).Attributes;
        return new DeadLetterQueue(sqs, name, url, attributes["QueueArn"], QueueDepth.Of(attributes).Total);
    }

    /// <summary>
    /// Shows messages and leaves them where they are. Of a FIFO group only the head can be seen: SQS hands out the next ones when that is gone.
    /// </summary>
    public async Task<IReadOnlyList<DeadLetter>> PeekAsync(int limit, Func<DeadLetter, bool> wanted, CancellationToken cancellationToken)
    {
        var (held, found) = (new List<DeadLetter>(), new List<DeadLetter>());
        try
        {
            while (found.Count < limit && held.Count < Depth && await ReceiveAsync(MaxBatch, cancellationToken) is { Count: > 0 } received)
            {
                held.AddRange(received);
                found.AddRange(received.Where(wanted).Take(limit - found.Count));
            }
        }
        finally
        {
            await ShowAgainAsync(held);
        }

        return found;
    }

    /// <summary>The next messages, hidden from others; none when there are none to be had.</summary>
    public async Task<IReadOnlyList<DeadLetter>> ReceiveAsync(int most, CancellationToken cancellationToken)
    {
        var request = new ReceiveMessageRequest(_url)
        {
            MaxNumberOfMessages = most,
            VisibilityTimeout = HiddenSeconds,
            // Without waiting SQS asks only some of its servers, and an empty answer means little: good enough when all were seen.
            WaitTimeSeconds = _received < Depth ? 1 : 0,
            MessageSystemAttributeNames = All,
            MessageAttributeNames = All,
        };
        var messages = (await _sqs.ReceiveMessageAsync(request, cancellationToken)).Messages ?? [];
        _received += messages.Count;
        return messages.ConvertAll(static message => new DeadLetter(message));
    }

    public Task DeleteAsync(DeadLetter letter, CancellationToken cancellationToken) =>
        _sqs.DeleteMessageAsync(_url, letter.Message.ReceiptHandle, cancellationToken);

    /// <summary>Messages whose visibility timeout is over meanwhile are visible anyway.</summary>
    public async Task ShowAgainAsync(IEnumerable<DeadLetter> letters)
    {
        foreach (var letter in letters)
        {
            try
            {
                await _sqs.ChangeMessageVisibilityAsync(_url, letter.Message.ReceiptHandle, 0);
            }
            catch (AmazonSQSException fault) when (fault is MessageNotInflightException or ReceiptHandleIsInvalidException
                || fault.ErrorCode?.EndsWith("InvalidParameterValue", StringComparison.Ordinal) == true)
            {
            }
        }
    }
}

/// <summary>What SQS tells of a queue's length.</summary>
internal sealed record QueueDepth(long Visible, long InFlight, long Delayed, TimeSpan? OldestAge)
{
    public long Total => Visible + InFlight + Delayed;

    public static QueueDepth Of(IReadOnlyDictionary<string, string> attributes) => new(
        Number(attributes, "ApproximateNumberOfMessages") ?? 0,
        Number(attributes, "ApproximateNumberOfMessagesNotVisible") ?? 0,
        Number(attributes, "ApproximateNumberOfMessagesDelayed") ?? 0,
        // SQS keeps the age for CloudWatch; the embedded queue tells it here.
        Number(attributes, "ApproximateAgeOfOldestMessage") is { } seconds ? TimeSpan.FromSeconds(seconds) : null);

    private static long? Number(IReadOnlyDictionary<string, string> attributes, string name) =>
        attributes.TryGetValue(name, out var text) ? long.Parse(text, CultureInfo.InvariantCulture) : null;
}
