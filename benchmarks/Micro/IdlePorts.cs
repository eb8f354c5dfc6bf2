using DataToEvents.Adapters.Formats;
using DataToEvents.Application.EventStorer;
using DataToEvents.Application.IntegrationEventEmitter;
using DataToEvents.Application.Lanes;
using DataToEvents.Application.Transformer;
using DataToEvents.Domain;

namespace DataToEvents.Benchmarks.Micro;

/// <summary>IdlePorts that take everything at once: what is left is what our code costs.</summary>
internal sealed class IdlePorts : IEventQueue, IPayloadStore, IEventStore, IQuarantine, IDeadLetters, IEventPublisher
{
    private static readonly Attempt[] Done = [.. Enumerable.Repeat(Attempt.Done, ServiceLimits.QueueEntries)];
    private static readonly AppendOutcome[] Stored = [.. Enumerable.Repeat(new AppendOutcome(AppendKind.Stored), ServiceLimits.StoreEntries)];

    public Task<IReadOnlyList<Attempt>> SendAsync(IReadOnlyList<DataEvent> batch, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Attempt>>(Done[..batch.Count]);

    public Task<IReadOnlyList<Attempt>> PublishAsync(IReadOnlyList<IntegrationEvent> batch, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Attempt>>(Done[..batch.Count]);

    public Task<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<EventToStore> batch, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<AppendOutcome>>(Stored[..batch.Count]);

    public Task<string> PutAsync(ReadOnlyMemory<byte> payload, string? contentType, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("No payload here is over the limit.");

    public Task PutAsync(DataEvent conflicting, string sequence, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Nothing here conflicts.");

    public Task PutAsync(ArrivedMessage message, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("All messages here can be stored.");
}
