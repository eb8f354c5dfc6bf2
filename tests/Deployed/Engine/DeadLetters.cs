using DataToEvents.Emulator.Delivery;
using DataToEvents.Emulator.Objects;
using DataToEvents.Emulator.Queues;

namespace DataToEvents.Deployed.Tests.Engine;

/// <summary>A standard queue that gets events: as the dead-letter queue of a rule or of a function, or as a rule's target.</summary>
internal sealed class QueueOfEvents(MessageQueue queue) : IDeadLetterQueue, IInvocable
{
    public string Name => queue.Options.Name;

    public async Task SendAsync(ReadOnlyMemory<byte> eventJson, IReadOnlyDictionary<string, string> attributes, CancellationToken cancellationToken)
    {
        if ((await queue.SendBatchAsync([new SendEntry(null, null, eventJson, Attributes: attributes)]))[0].Error is { } error)
        {
            throw new QueueException(error.Code, error.Message);
        }
    }

    public async Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        await SendAsync(payload, new Dictionary<string, string>(), cancellationToken);
        return InvocationResult.Success("null"u8.ToArray());
    }
}

/// <summary>No dead-letter queue, or one that may not be used: what comes here is lost, as on AWS.</summary>
internal sealed class Lost(string why, Action<string> tell) : IDeadLetterQueue
{
    public Task SendAsync(ReadOnlyMemory<byte> eventJson, IReadOnlyDictionary<string, string> attributes, CancellationToken cancellationToken)
    {
        tell($"An event is lost: {why}.");
        return Task.CompletedTask;
    }
}

/// <summary>A target that the bus may not use: permission errors are not tried again.</summary>
internal sealed class Refused(string arn) : IInvocable
{
    public string Name => arn;

    public Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        Task.FromResult(InvocationResult.Failure("NO_PERMISSIONS", $"The bus may not use {arn}: its policy does not allow it."));
}

/// <summary>The bucket to which Lambda writes what it gives up on.</summary>
internal sealed class OnFailureBucket(ObjectBucket bucket) : IOnFailureDestination
{
    public Task WriteAsync(string key, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) => bucket.PutAsync(key, body, cancellationToken);
}
