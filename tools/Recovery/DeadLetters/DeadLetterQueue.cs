using Amazon.SQS;
using Amazon.SQS.Model;

namespace DataToEvents.Recovery.DeadLetters;

/// <summary>A dead-letter queue, by the calls of SQS. SQS can only show a message by delivering it, which hides it for a while.</summary>
internal sealed class DeadLetterQueue
{
    public const int MaxBatch = 10;

    /// <summary>Seconds for which a message stays hidden if this program ends before it shows the message again.</summary>
    private const int HiddenSeconds = 60;

    private static readonly List<string> All = ["All"];

    private readonly IAmazonSQS _sqs;
    private readonly string _url;
    private long _received;

    private DeadLetterQueue(IAmazonSQS sqs, string name, string url, string arn, long depth) =>
        (_sqs, _url, Name, Arn, Depth) = (sqs, url, name, arn, depth);

    public string Name { get; }

    public string Arn { get; }

    /// <summary>How many messages the queue had when it was opened, with those in flight.</summary>
    public long Depth { get; }

    /// <exception cref="QueueDoesNotExistException">There is none of that name.</exception>
    public static async Task<DeadLetterQueue> OpenAsync(IAmazonSQS sqs, string name)
    {
        var url = (await sqs.GetQueueUrlAsync(name)).QueueUrl;
        var attributes = (await sqs.GetQueueAttributesAsync(url, All)).Attributes;
        return new DeadLetterQueue(sqs, name, url, attributes["QueueArn"], QueueDepth.Of(attributes).Total);
    }

    /// <summary>
    /// Looks at messages without taking them out. Of a FIFO group only the head can be seen: SQS delivers the next messages only when the head is gone.
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

    /// <summary>Receives messages until a wanted one is among them. They stay hidden until they are shown again.</summary>
    public async Task<List<DeadLetter>> HoldAsync(Predicate<DeadLetter> wanted, CancellationToken cancellationToken)
    {
        var held = new List<DeadLetter>();
        while (held.Count < Depth && !held.Exists(wanted) && await ReceiveAsync(MaxBatch, cancellationToken) is { Count: > 0 } received)
        {
            held.AddRange(received);
        }

        return held;
    }

    /// <summary>Receives the next messages and hides them from others. Returns none if SQS has none to give.</summary>
    public async Task<IReadOnlyList<DeadLetter>> ReceiveAsync(int most, CancellationToken cancellationToken)
    {
        var request = new ReceiveMessageRequest(_url)
        {
            MaxNumberOfMessages = most,
            VisibilityTimeout = HiddenSeconds,
            // Without a wait SQS asks only some of its servers, so an empty answer means little. That is enough once all messages were seen.
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

    /// <summary>Makes messages visible again. Those whose visibility timeout has ended are visible already.</summary>
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

/// <summary>The length of a queue, as SQS reports it.</summary>
internal sealed record QueueDepth(long Visible, long InFlight, long Delayed, TimeSpan? OldestAge)
{
    public long Total => Visible + InFlight + Delayed;

    public static QueueDepth Of(IReadOnlyDictionary<string, string> attributes) => new(
        Number(attributes, "ApproximateNumberOfMessages") ?? 0,
        Number(attributes, "ApproximateNumberOfMessagesNotVisible") ?? 0,
        Number(attributes, "ApproximateNumberOfMessagesDelayed") ?? 0,
        // SQS reports the age only to CloudWatch; the emulator reports it here.
        Number(attributes, "ApproximateAgeOfOldestMessage") is { } seconds ? TimeSpan.FromSeconds(seconds) : null);

    private static long? Number(IReadOnlyDictionary<string, string> attributes, string name) =>
        attributes.TryGetValue(name, out var text) ? long.Parse(text, CultureInfo.InvariantCulture) : null;
}
