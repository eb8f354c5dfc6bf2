using DataToEvents.Application.EventResponder;
using DataToEvents.Application.EventStorer;
using DataToEvents.Application.IntegrationEventEmitter;
using DataToEvents.Application.Lanes;
using DataToEvents.Application.Transformer;
using DataToEvents.Domain;
using DataToEvents.Emulator.Delivery;
using DataToEvents.Simulation.States;

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
            if (calls.Plan.Rate(Fault.WholeCallRefused, calls.Hop) > 0 && calls.RefusesWhole(batch.Select(eventOf)))
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

    private static bool RefusesWhole(this FaultyCalls calls, IEnumerable<DataEvent> batch)
    {
        var entries = batch.Select(item => (item.Stream.Value, item.Id.Value)).ToList();
        var refuses = calls.Plan.RefusesWhole(calls.Hop, entries);
        calls.Reached.AddIf(!refuses && entries is [var alone] && calls.Plan.WasRefusedWithOthers(calls.Hop, alone.Item2), State.EntrySentAlone);
        return refuses;
    }

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
        passed => AppendNotedAsync(passed, cancellationToken),
        new AppendOutcome(AppendKind.Failed, "ThrottlingError"),
        new AppendOutcome(AppendKind.Unstorable, "ValidationError"),
        new AppendOutcome(AppendKind.Refused, "ValidationException"));

    private async Task<IReadOnlyList<AppendOutcome>> AppendNotedAsync(IReadOnlyList<EventToStore> batch, CancellationToken cancellationToken)
    {
        var outcomes = await inner.AppendAsync(batch, cancellationToken);
        calls.Reached.AddIf(outcomes.Any(outcome => outcome.Kind == AppendKind.Duplicate), State.StoreRecognisesCopy);
        calls.Reached.AddIf(outcomes.Any(outcome => outcome.Kind == AppendKind.Conflict), State.ConflictInStore);
        return outcomes;
    }
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
        calls.CallAsync(() =>
        {
            calls.Reached.Add(State.PayloadTooLargeToQueue);
            return inner.PutAsync(payload, contentType, cancellationToken);
        });
}

/// <param name="inner">The view.</param>
/// <param name="calls">Fail now and then.</param>
/// <param name="underWay">Streams of which a transaction of this host is under way.</param>
internal sealed class FaultyView(IStreamView inner, FaultyCalls calls, HashSet<string> underWay) : IStreamView
{
    public Task<bool> ApplyAsync(DataEvent received, string sequence, CancellationToken cancellationToken) =>
        calls.CallAsync(() => calls.Plan.FailsForEver(calls.Hop, received.Stream.Value)
            ? throw new TransientException($"{calls.Hop}: unavailable for {received.Stream}")
            : ApplyNotedAsync(received, sequence, cancellationToken));

    private async Task<bool> ApplyNotedAsync(DataEvent received, string sequence, CancellationToken cancellationToken)
    {
        var applied = calls.Plan.IsActive && calls.Plan.Rate(Fault.TransactionsMeet, calls.Hop) > 0
            ? await InTransactionAsync(received.Stream.Value, () => inner.ApplyAsync(received, sequence, cancellationToken))
            : await inner.ApplyAsync(received, sequence, cancellationToken);
        calls.Reached.Delivered(received.Stream.Value, sequence, isNew: applied);
        return applied;
    }

    /// <summary>DynamoDB cancels a transaction that meets another one on an item. Two events of a stream meet when they draw the same counter; here they always do.</summary>
    private async Task<bool> InTransactionAsync(string stream, Func<Task<bool>> apply)
    {
        if (!underWay.Add(stream))
        {
            calls.Reached.Add(State.TransactionCancelled);
            throw new TransientException("TransactionCanceledException: TransactionConflict");
        }

        try
        {
            if (calls.Plan.Hits(Fault.TransactionsMeet, calls.Hop))
            {
                await calls.PauseAsync(TimeSpan.FromMilliseconds(calls.Plan.Draw(200)));
            }

            return await apply();
        }
        finally
        {
            underWay.Remove(stream);
        }
    }
}
