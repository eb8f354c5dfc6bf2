using DataToEvents.Application.EventStorer;
using DataToEvents.Application.IntegrationEventEmitter;
using DataToEvents.Application.Lanes;
using DataToEvents.Application.Transformer;
using DataToEvents.Domain;
using DataToEvents.Emulator.Delivery;
using DataToEvents.Emulator.Lambda.Mappings;
using DataToEvents.Simulation.Faults;
using DataToEvents.Simulation.World;

namespace DataToEvents.Simulation.Mutants;

/// <summary>Catches what the store throws, and goes on as if it had been stored.</summary>
internal sealed class SwallowedException : Mutant, IEventStore
{
    private IEventStore _inner = null!;

    public override IEventStore Store(IEventStore inner, Host host) => new SwallowedException { _inner = inner };

    public async Task<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<EventToStore> batch, CancellationToken cancellationToken)
    {
        try
        {
            return await _inner.AppendAsync(batch, cancellationToken);
        }
        catch (TransientException)
        {
            return [.. batch.Select(_ => new AppendOutcome(AppendKind.Stored))];
        }
    }
}

/// <summary>Gives up after four tries, whatever time is left.</summary>
internal sealed class GivesUpEarly : Mutant, IEventStore, IEventQueue
{
    private const int Tries = 4;

    private readonly Dictionary<string, int> _failures = [];
    private IEventStore _store = null!;
    private IEventQueue _queue = null!;

    public override IEventStore Store(IEventStore inner, Host host) => new GivesUpEarly { _store = inner };

    public override IEventQueue Queue(IEventQueue inner, Host host) => new GivesUpEarly { _queue = inner };

    public Task<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<EventToStore> batch, CancellationToken cancellationToken) => TryAsync(
        batch, item => item.Event, () => _store.AppendAsync(batch, cancellationToken), new AppendOutcome(AppendKind.Refused, "four times failed"));

    public Task<IReadOnlyList<Attempt>> SendAsync(IReadOnlyList<DataEvent> batch, CancellationToken cancellationToken) => TryAsync(
        batch, item => item, () => _queue.SendAsync(batch, cancellationToken), Attempt.Rejected("four times failed"));

    private async Task<IReadOnlyList<TOut>> TryAsync<TIn, TOut>(IReadOnlyList<TIn> batch, Func<TIn, DataEvent> eventOf, Func<Task<IReadOnlyList<TOut>>> call, TOut givenUp)
    {
        try
        {
            return await call();
        }
        catch (TransientException)
        {
            var ids = batch.Select(item => eventOf(item).Id.Value).ToList();
            ids.ForEach(id => _failures[id] = _failures.GetValueOrDefault(id) + 1);
            if (!ids.TrueForAll(id => _failures[id] >= Tries))
            {
                throw;
            }

            ids.ForEach(id => _failures.Remove(id));
            return [.. batch.Select(_ => givenUp)];
        }
    }
}

/// <summary>Takes the refusal of a call for the refusal of each of its entries, and never sends one of them alone.</summary>
internal sealed class RefusedTogether : Mutant, IEventStore, IEventQueue, IEventPublisher
{
    private readonly HashSet<string> _refused = [];
    private IEventStore _store = null!;
    private IEventQueue _queue = null!;
    private IEventPublisher _publisher = null!;

    public override IEventStore Store(IEventStore inner, Host host) => new RefusedTogether { _store = inner };

    public override IEventQueue Queue(IEventQueue inner, Host host) => new RefusedTogether { _queue = inner };

    public override IEventPublisher Publisher(IEventPublisher inner, Host host) => new RefusedTogether { _publisher = inner };

    public Task<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<EventToStore> batch, CancellationToken cancellationToken) => CallAsync(
        batch, item => item.Event, () => _store.AppendAsync(batch, cancellationToken), outcome => outcome.Kind == AppendKind.Refused, new AppendOutcome(AppendKind.Refused, "its call was refused"));

    public Task<IReadOnlyList<Attempt>> SendAsync(IReadOnlyList<DataEvent> batch, CancellationToken cancellationToken) => CallAsync(
        batch, item => item, () => _queue.SendAsync(batch, cancellationToken), IsRejected, Attempt.Rejected("its call was refused"));

    public Task<IReadOnlyList<Attempt>> PublishAsync(IReadOnlyList<IntegrationEvent> batch, CancellationToken cancellationToken) => CallAsync(
        batch, item => DataEvent.Parse(item.Detail), () => _publisher.PublishAsync(batch, cancellationToken), IsRejected, Attempt.Rejected("its call was refused"));

    private static bool IsRejected(Attempt attempt) => attempt.Result == AttemptResult.Rejected;

    /// <summary>The path sends an entry alone after a call that was refused as a whole: that call is refused here, too.</summary>
    private async Task<IReadOnlyList<TOut>> CallAsync<TIn, TOut>(
        IReadOnlyList<TIn> batch, Func<TIn, DataEvent> eventOf, Func<Task<IReadOnlyList<TOut>>> call, Func<TOut, bool> isRefused, TOut refused)
    {
        var ids = batch.Select(item => eventOf(item).Id.Value).ToList();
        if (ids is [var alone] && _refused.Remove(alone))
        {
            return [refused];
        }

        try
        {
            var outcomes = await call();
            _refused.UnionWith(outcomes.All(isRefused) ? ids : []);
            return outcomes;
        }
        catch (ServiceException)
        {
            _refused.UnionWith(ids);
            throw;
        }
    }
}

/// <summary>Five receives, and a message is in the dead-letter queue.</summary>
internal sealed class FewReceives : Mutant
{
    public override int MaxReceives(int receives) => Math.Min(receives, 5);
}

/// <summary>Takes an event that is stored already for one that the store refuses.</summary>
internal sealed class DuplicateIsAFailure : Mutant, IEventStore
{
    private IEventStore _inner = null!;

    public override IEventStore Store(IEventStore inner, Host host) => new DuplicateIsAFailure { _inner = inner };

    public async Task<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<EventToStore> batch, CancellationToken cancellationToken) =>
        [.. (await _inner.AppendAsync(batch, cancellationToken)).Select(outcome => outcome.Kind == AppendKind.Duplicate ? new AppendOutcome(AppendKind.Refused, "is there") : outcome)];
}

/// <summary>Takes a conflict for a duplicate.</summary>
internal sealed class IgnoredConflict : Mutant, IEventStore
{
    private IEventStore _inner = null!;

    public override IEventStore Store(IEventStore inner, Host host) => new IgnoredConflict { _inner = inner };

    public async Task<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<EventToStore> batch, CancellationToken cancellationToken) =>
        [.. (await _inner.AppendAsync(batch, cancellationToken)).Select(outcome => outcome.Kind == AppendKind.Conflict ? new AppendOutcome(AppendKind.Duplicate) : outcome)];
}

/// <summary>Takes an event of another source for another content of the same event.</summary>
internal sealed class IdentityIgnoresSource : Mutant, IEventStore
{
    private readonly Dictionary<(StreamId Stream, EventId Id), string> _sources;
    private IEventStore _inner = null!;

    private IdentityIgnoresSource(Dictionary<(StreamId Stream, EventId Id), string> sources) => _sources = sources;

    public IdentityIgnoresSource()
        : this([])
    {
    }

    public override IEventStore Store(IEventStore inner, Host host) => new IdentityIgnoresSource(_sources) { _inner = inner };

    public async Task<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<EventToStore> batch, CancellationToken cancellationToken)
    {
        var outcomes = (await _inner.AppendAsync([.. batch.Where(IsOfFirstSource)], cancellationToken)).GetEnumerator();
        return [.. batch.Select(item => IsOfFirstSource(item) && outcomes.MoveNext() ? outcomes.Current : new AppendOutcome(AppendKind.Conflict))];
    }

    private bool IsOfFirstSource(EventToStore item) =>
        _sources.TryAdd((item.Event.Stream, item.Event.Id), item.Event.Source) || _sources[(item.Event.Stream, item.Event.Id)] == item.Event.Source;
}

/// <summary>Puts a duplicate into quarantine along with the conflicts.</summary>
internal sealed class DuplicateTakenForConflict : Mutant, IEventStore
{
    private IEventStore _inner = null!;

    public override IEventStore Store(IEventStore inner, Host host) => new DuplicateTakenForConflict { _inner = inner };

    public async Task<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<EventToStore> batch, CancellationToken cancellationToken) =>
        [.. (await _inner.AppendAsync(batch, cancellationToken)).Select(outcome => outcome.Kind == AppendKind.Duplicate ? new AppendOutcome(AppendKind.Conflict) : outcome)];
}

/// <summary>Keeps an event without an id of its producer's under the second of its writing: a retry makes another.</summary>
internal sealed class KeyOfTheMoment : Mutant, IEventStore
{
    private IEventStore _inner = null!;
    private Host _host = null!;

    public override IEventStore Store(IEventStore inner, Host host) => new KeyOfTheMoment { _inner = inner, _host = host };

    public Task<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<EventToStore> batch, CancellationToken cancellationToken) =>
        _inner.AppendAsync([.. batch.Select(item => item with { Event = Renamed(item.Event) })], cancellationToken);

    private DataEvent Renamed(DataEvent item) => item.Type != "device" ? item : DataEvent.Parse(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(item.Envelope.Span)
        .Replace($"\"id\":\"{item.Id}\"", $"\"id\":\"{item.Id}@{_host.World.Clock.GetUtcNow().ToUnixTimeSeconds()}\"", StringComparison.Ordinal)));
}

/// <summary>ChangedAnswers that all is well, whatever failed.</summary>
internal sealed class LostPartialFailure : Mutant
{
    public override IInvocable Function(Hop hop, IInvocable inner, Host host) =>
        hop == Hop.EventStorer ? new ChangedFunction(inner, judge: static answer => answer.Error is null ? ChangedAnswers.AllGood : answer) : inner;
}

/// <summary>Names another message of the batch than the one that failed.</summary>
internal sealed class WrongGroupFailed : Mutant
{
    public override IInvocable Function(Hop hop, IInvocable inner, Host host) =>
        hop == Hop.EventStorer ? new ChangedFunction(inner, judgeWith: Judge) : inner;

    private static InvocationResult Judge(byte[] payload, InvocationResult answer)
    {
        var failed = answer.Error is null ? BatchResponse.Failures(answer.Payload.Span) ?? [] : [];
        var ids = JsonNode.Parse(payload)!["Records"]!.AsArray().Select(message => message!["messageId"]!.GetValue<string>()).ToList();
        return failed.Count is 0 || failed.Count == ids.Count ? answer : ChangedAnswers.Failures([ids.First(id => !failed.Contains(id))]);
    }
}

/// <summary>Reports only the message that failed, not the later ones of its group.</summary>
internal sealed class OnlyTheFirstFailed : Mutant
{
    public override IInvocable Function(Hop hop, IInvocable inner, Host host) =>
        hop == Hop.EventStorer ? new ChangedFunction(inner, judge: Judge) : inner;

    private static InvocationResult Judge(InvocationResult answer) =>
        answer.Error is null && BatchResponse.Failures(answer.Payload.Span) is { Count: > 1 } failed ? ChangedAnswers.Failures([failed[0]]) : answer;
}

/// <summary>Lets the messages be deleted, and works on them afterwards.</summary>
internal sealed class DeletedBeforeStored : Mutant
{
    public override IInvocable Function(Hop hop, IInvocable inner, Host host) => hop == Hop.EventStorer ? new AnswerFirst(inner) : inner;
}

/// <summary>Stores a batch's messages one by one in whatever order, each by an invocation of its own.</summary>
internal sealed class LaneRace : Mutant
{
    public override IInvocable Function(Hop hop, IInvocable inner, Host host) => hop == Hop.EventStorer ? new OneByOne(inner) : inner;

    private sealed class OneByOne(IInvocable inner) : IInvocable
    {
        public string Name => inner.Name;

        public async Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
        {
            var records = JsonNode.Parse(payload.Span)!["Records"]!.AsArray();
            var answers = await Task.WhenAll(records.Select(record =>
                inner.InvokeAsync(Encoding.UTF8.GetBytes($$"""{"Records":[{{record!.ToJsonString()}}]}"""), cancellationToken)));
            return answers.FirstOrDefault(answer => answer.Error is not null)
                ?? ChangedAnswers.Failures([.. answers.SelectMany(answer => BatchResponse.Failures(answer.Payload.Span) ?? [])]);
        }
    }
}
