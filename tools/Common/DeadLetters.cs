using DataToEvents.Emulator.Delivery;
using DataToEvents.Emulator.Objects;
using DataToEvents.Emulator.Queues;

namespace DataToEvents.Common;

/// <summary>The rule's dead-letter queue, as EventBridge fills it: the event is the body, why it was given up are message attributes.</summary>
internal sealed class RuleDeadLetters(MessageQueue queue) : IDeadLetterQueue
{
    public async Task SendAsync(ReadOnlyMemory<byte> eventJson, IReadOnlyDictionary<string, string> attributes, CancellationToken cancellationToken)
    {
        var outcomes = await queue.SendBatchAsync([new SendEntry(null, null, eventJson, Attributes: attributes)]);
        if (outcomes[0].Error is { } error)
        {
            throw new QueueException(error.Code, error.Message);
        }
    }
}

/// <summary>Stream records that the emitter was given up on, as Lambda's S3 destination would have them.</summary>
public sealed class OnFailureObjects(ObjectBucket bucket) : IOnFailureDestination
{
    public Task WriteAsync(string key, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        bucket.PutAsync($"on-failure/{key}", body, cancellationToken);
}
