using DataToEvents.Application.EventResponder;
using DataToEvents.Application.EventStorer;
using DataToEvents.Application.IntegrationEventEmitter;
using DataToEvents.Application.Lanes;
using DataToEvents.Application.Transformer;
using DataToEvents.Domain;
using DataToEvents.Emulator.Delivery;

namespace DataToEvents.Simulation.Faults;

/// <summary>Fails some entries of a batch, as services do, and lets the others through.</summary>
internal static class PartialFailure
{
    private enum Verdict
    {
        Passes,
        Fails,
        IsRefused,
    }

    public static Task<IReadOnlyList<TOut>> SendAsync<TIn, TOut>(
        this FaultyCalls calls,
        IReadOnlyList<TIn> batch,
        Func<TIn, DataEvent> eventOf,
        Func<IReadOnlyList<TIn>, Task<IReadOnlyList<TOut>>> send,
        TOut failed,
        TOut refused,
        TOut refusedWithItsCall) =>
        calls.CallAsync(async () =>
        {
            if (calls.Plan.Rate(Fault.WholeCallRefused, calls.Hop) > 0 && calls.Plan.RefusesWhole(calls.Hop, batch.Select(eventOf).Select(item => (item.Stream.Value, item.Id.Value))))
            {
                return calls.Plan.RefusesEntryByEntry
                    ? [.. batch.Select(_ => refusedWithItsCall)]
                    : throw new ServiceException("ValidationException", $"{calls.Hop}: one of the entries is not valid");
            }

            var verdicts = batch.Select(item => Judge(calls, calls.Plan.ForEver is null ? null : eventOf(item))).ToArray();
            TIn[] passed = [.. batch.Where((_, index) => verdicts[index] == Verdict.Passes)];
            var outcomes = passed.Length == 0 ? [] : await send(passed);
            var next = 0;
            return (IReadOnlyList<TOut>)[.. verdicts.Select(verdict => verdict switch
            {
                Verdict.Passes => outcomes[next++],
                Verdict.Fails => failed,
                _ => refused,
            })];
        });

    private static Verdict Judge(FaultyCalls calls, DataEvent? item) =>
        item is not null && calls.Plan.FailsForEver(calls.Hop, item.Stream.Value) ? Verdict.Fails
        : calls.Plan.Hits(Fault.EntryFails, calls.Hop) ? Verdict.Fails
        : calls.Plan.Hits(Fault.EntryRefused, calls.Hop) ? Verdict.IsRefused
        : Verdict.Passes;
}

internal sealed class FaultyQueue(IEventQueue inner, FaultyCalls calls) : IEventQueue
{
    public Task<IReadOnlyList<Attempt>> SendAsync(IReadOnlyList<DataEvent> batch, CancellationToken cancellationToken) => calls.SendAsync(
        batch, item => item, passed => inner.SendAsync(passed, cancellationToken), Attempt.Retry("InternalFailure"), Attempt.Rejected("AccessDenied"), Attempt.Rejected("InvalidParameterValue"));
}

internal sealed class FaultyPublisher(IEventPublisher inner, FaultyCalls calls) : IEventPublisher
{
    public Task<IReadOnlyList<Attempt>> PublishAsync(IReadOnlyList<IntegrationEvent> batch, CancellationToken cancellationToken) => calls.SendAsync(
        batch, item => DataEvent.Parse(item.Detail), passed => inner.PublishAsync(passed, cancellationToken), Attempt.Retry("InternalFailure"), Attempt.Rejected("NotAuthorizedForSource"), Attempt.Rejected("ValidationException"));
}

internal sealed class FaultyStore(IEventStore inner, FaultyCalls calls) : IEventStore
{
    public Task<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<EventToStore> batch, CancellationToken cancellationToken) => calls.SendAsync(
        batch,
        item => item.Event,
        passed => inner.AppendAsync(passed, cancellationToken),
        new AppendOutcome(AppendKind.Failed, "ThrottlingError"),
        new AppendOutcome(AppendKind.Unstorable, "ValidationError"),
        new AppendOutcome(AppendKind.Refused, "ValidationException"));
}

internal sealed class FaultyQuarantine(IQuarantine inner, FaultyCalls calls) : IQuarantine
{
    public Task PutAsync(DataEvent conflicting, string sequence, CancellationToken cancellationToken) => calls.CallAsync(async () =>
    {
        await inner.PutAsync(conflicting, sequence, cancellationToken);
        return true;
    });
}

internal sealed class FaultyDeadLetterPort(IDeadLetters inner, FaultyCalls calls) : IDeadLetters
{
    public Task PutAsync(ArrivedMessage message, CancellationToken cancellationToken) => calls.CallAsync(async () =>
    {
        await inner.PutAsync(message, cancellationToken);
        return true;
    });
}

internal sealed class FaultyPayloads(IPayloadStore inner, FaultyCalls calls) : IPayloadStore
{
    public Task<string> PutAsync(ReadOnlyMemory<byte> payload, string? contentType, CancellationToken cancellationToken) =>
        calls.CallAsync(() => inner.PutAsync(payload, contentType, cancellationToken));
}

internal sealed class FaultyView(IStreamView inner, FaultyCalls calls) : IStreamView
{
    public Task<bool> ApplyAsync(DataEvent received, string sequence, CancellationToken cancellationToken) =>
        calls.CallAsync(() => calls.Plan.FailsForEver(calls.Hop, received.Stream.Value)
            ? throw new TransientException($"{calls.Hop}: unavailable for {received.Stream}")
            : inner.ApplyAsync(received, sequence, cancellationToken));
}
