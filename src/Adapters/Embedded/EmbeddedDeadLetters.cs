using DataToEvents.Application.EventStorer;
using DataToEvents.Emulator.Queues;

namespace DataToEvents.Adapters.Embedded;

/// <summary>The dead-letter queue in this process.</summary>
public sealed class EmbeddedDeadLetters(MessageQueue queue) : IDeadLetters
{
    public async Task PutAsync(ArrivedMessage message, CancellationToken cancellationToken)
    {
        var outcomes = await queue.SendBatchAsync([new SendEntry(message.GroupId, message.MessageId, message.Body)]);
        if (outcomes[0].Error is { } error)
        {
            throw new InvalidOperationException($"{error.Code}: {error.Message}");
        }
    }
}
