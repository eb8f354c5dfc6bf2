using DataToEvents.Application.EventResponder;
using DataToEvents.Application.IntegrationEventEmitter;
using DataToEvents.Application.Lanes;
using DataToEvents.Domain;
using DataToEvents.Emulator.Buses;
using DataToEvents.Emulator.Delivery;
using DataToEvents.Emulator.Lambda.Mappings;
using DataToEvents.Simulation.Faults;
using DataToEvents.Simulation.World;

namespace DataToEvents.Simulation.Mutants;

/// <summary>Moves the checkpoint over the first change that was not published.</summary>
internal sealed class CheckpointTooFar : Mutant
{
    public override IInvocable Function(Hop hop, IInvocable inner, Host host) =>
        hop == Hop.Emitter ? new ChangedFunction(inner, judgeWith: Judge) : inner;

    private static InvocationResult Judge(byte[] payload, InvocationResult answer)
    {
        var failed = answer.Error is null ? BatchResponse.Failures(answer.Payload.Span) ?? [] : [];
        var numbers = JsonNode.Parse(payload)!["Records"]!.AsArray().Select(record => record!["dynamodb"]!["SequenceNumber"]!.GetValue<string>()).ToList();
        var next = failed.Count == 0 ? -1 : numbers.IndexOf(failed[0]) + 1;
        return next < 0 ? answer : next == numbers.Count ? ChangedAnswers.AllGood : ChangedAnswers.Failures([numbers[next]]);
    }
}

/// <summary>Takes an entry that the bus refused for published, because the call as a whole succeeded.</summary>
internal sealed class FailedEntriesOverlooked : Mutant, IEventPublisher
{
    private IEventPublisher _inner = null!;

    public override IEventPublisher Publisher(IEventPublisher inner, Host host) => new FailedEntriesOverlooked { _inner = inner };

    public async Task<IReadOnlyList<Attempt>> PublishAsync(IReadOnlyList<IntegrationEvent> batch, CancellationToken cancellationToken) =>
        [.. (await _inner.PublishAsync(batch, cancellationToken)).Select(_ => Attempt.Done)];
}

/// <summary>Gives a bus entry the producer's time instead of leaving it to the bus.</summary>
internal sealed class TimeOfTheProducer : Mutant, IEventPublisher
{
    private Host _host = null!;

    public override IEventPublisher Publisher(IEventPublisher inner, Host host) => new TimeOfTheProducer { _host = host };

    public async Task<IReadOnlyList<Attempt>> PublishAsync(IReadOnlyList<IntegrationEvent> batch, CancellationToken cancellationToken)
    {
        var results = await _host.Bus.PutEventsAsync([.. batch.Select(item => new BusEntry(IntegrationEvent.Source, item.DetailType, item.Detail, TimeOf(item)))]);
        _host.World.Published.AddRange(batch.Where((_, index) => results[index].ErrorCode is null).Select(item => item.Detail));
        return [.. results.Select(result => result.ErrorCode is { } code ? Attempt.Rejected(code) : Attempt.Done)];
    }

    private static DateTimeOffset TimeOf(IntegrationEvent item) => DateTimeOffset.Parse(DataEvent.Parse(item.Detail).Time, CultureInfo.InvariantCulture);
}

/// <summary>Names the first of several changes as failed, where it has to fail the invocation: Lambda may then never halve the batch.</summary>
internal sealed class NamesFirstRecord : Mutant
{
    public override IInvocable Function(Hop hop, IInvocable inner, Host host) =>
        hop == Hop.Emitter ? new ChangedFunction(inner, judgeWith: Judge) : inner;

    private static InvocationResult Judge(byte[] payload, InvocationResult answer) =>
        answer.Error?.Type == nameof(InvalidOperationException)
            ? ChangedAnswers.Failures([JsonNode.Parse(payload)!["Records"]![0]!["dynamodb"]!["SequenceNumber"]!.GetValue<string>()])
            : answer;
}

/// <summary>Nobody replays the store when the on-failure destination or the rule's dead-letter queue has refused something.</summary>
internal sealed class RefusalUnnoticed : Mutant
{
    public override bool ReplaysWhatWasDropped => false;
}

/// <summary>Publishes a batch backwards.</summary>
internal sealed class PublishedBackwards : Mutant
{
    public override IInvocable Function(Hop hop, IInvocable inner, Host host) =>
        hop == Hop.Emitter ? new ChangedFunction(inner, change: Reverse) : inner;

    private static byte[] Reverse(byte[] payload)
    {
        var records = JsonNode.Parse(payload)!["Records"]!.AsArray().Select(record => record!.ToJsonString()).Reverse();
        return Encoding.UTF8.GetBytes($$"""{"Records":[{{string.Join(',', records)}}]}""");
    }
}

/// <summary>Four emitters read the table's stream side by side: Lambda divides it among them by item, and the events of a stream are items of their own.</summary>
internal sealed class EmittersSideBySide : Mutant
{
    public override StreamEventSourceOptions StreamSource(StreamEventSourceOptions options) => options with { ParallelizationFactor = 4 };
}

/// <summary>DynamoDB divides a stream's items over two shards, as it may if the table has no local index and the stream is hot.</summary>
internal sealed class StreamOverTwoShards : Mutant
{
    public override bool DividesStreams => true;
}

/// <summary>The function has no dead-letter queue.</summary>
internal sealed class NoDeadLetterQueue : Mutant, IDeadLetterQueue
{
    public override IDeadLetterQueue RuleDeadLetters(IDeadLetterQueue inner) => this;

    public Task SendAsync(ReadOnlyMemory<byte> eventJson, IReadOnlyDictionary<string, string> attributes, CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>The mapping has no on-failure destination.</summary>
internal sealed class NowhereToPutIt : Mutant
{
    public override IOnFailureDestination? OnFailure(IOnFailureDestination inner) => null;
}

/// <summary>The consumer takes a second delivery for a new event.</summary>
internal sealed class ConsumerForgets : Mutant, IStreamView
{
    private readonly Dictionary<string, int> _deliveries = [];
    private IStreamView _inner = null!;

    private ConsumerForgets(Dictionary<string, int> deliveries) => _deliveries = deliveries;

    public ConsumerForgets()
    {
    }

    public override IStreamView View(IStreamView inner) => new ConsumerForgets(_deliveries) { _inner = inner };

    public async Task<bool> ApplyAsync(DataEvent received, string sequence, CancellationToken cancellationToken)
    {
        var before = _deliveries.GetValueOrDefault(received.Id.Value);
        var applied = await _inner.ApplyAsync(before == 0 ? received : Renamed(received, $"{received.Id}#{before}"), sequence, cancellationToken);
        _deliveries[received.Id.Value] = before + 1;
        return applied;
    }

    private static DataEvent Renamed(DataEvent item, string id) => DataEvent.Parse(Encoding.UTF8.GetBytes(
        Encoding.UTF8.GetString(item.Envelope.Span).Replace($"\"id\":\"{item.Id}\"", $"\"id\":\"{id}\"", StringComparison.Ordinal)));
}

/// <summary>The consumer takes an event of another source for a second delivery.</summary>
internal sealed class ConsumerIgnoresSource : Mutant, IStreamView
{
    private readonly Dictionary<(StreamId Stream, EventId Id), string> _sources;
    private IStreamView _inner = null!;

    private ConsumerIgnoresSource(Dictionary<(StreamId Stream, EventId Id), string> sources) => _sources = sources;

    public ConsumerIgnoresSource()
        : this([])
    {
    }

    public override IStreamView View(IStreamView inner) => new ConsumerIgnoresSource(_sources) { _inner = inner };

    public Task<bool> ApplyAsync(DataEvent received, string sequence, CancellationToken cancellationToken) =>
        _sources.TryAdd((received.Stream, received.Id), received.Source) || _sources[(received.Stream, received.Id)] == received.Source
            ? _inner.ApplyAsync(received, sequence, cancellationToken)
            : Task.FromResult(false);
}

/// <summary>The consumer takes what comes last for the latest.</summary>
internal sealed class LastComeIsLatest : Mutant, IStreamView
{
    private readonly List<string> _deliveries = [];
    private IStreamView _inner = null!;

    private LastComeIsLatest(List<string> deliveries) => _deliveries = deliveries;

    public LastComeIsLatest()
    {
    }

    public override IStreamView View(IStreamView inner) => new LastComeIsLatest(_deliveries) { _inner = inner };

    public Task<bool> ApplyAsync(DataEvent received, string sequence, CancellationToken cancellationToken)
    {
        _deliveries.Add(sequence);
        return _inner.ApplyAsync(received, _deliveries.Count.ToString("D20", null), cancellationToken);
    }
}

/// <summary>The consumer's latest is that of the producers' clocks.</summary>
internal sealed class LatestByProducersClock : Mutant, IStreamView
{
    private IStreamView _inner = null!;

    public override IStreamView View(IStreamView inner) => new LatestByProducersClock { _inner = inner };

    public Task<bool> ApplyAsync(DataEvent received, string sequence, CancellationToken cancellationToken) => _inner.ApplyAsync(
        received, DateTimeOffset.Parse(received.Time, CultureInfo.InvariantCulture).UtcTicks.ToString("D20", null), cancellationToken);
}

/// <summary>The consumer orders by the queue alone.</summary>
internal sealed class ProducersNumberIgnored : Mutant, IStreamView
{
    private IStreamView _inner = null!;

    public override IStreamView View(IStreamView inner) => new ProducersNumberIgnored { _inner = inner };

    public Task<bool> ApplyAsync(DataEvent received, string sequence, CancellationToken cancellationToken) =>
        _inner.ApplyAsync(received.ProducerSequence is { } number ? Without(received, number) : received, sequence, cancellationToken);

    private static DataEvent Without(DataEvent item, string number) => DataEvent.Parse(Encoding.UTF8.GetBytes(
        Encoding.UTF8.GetString(item.Envelope.Span).Replace($"\"dteproducersequence\":\"{number}\",", "", StringComparison.Ordinal)));
}

/// <summary>The consumer swallows what it cannot do.</summary>
internal sealed class ConsumerSwallows : Mutant
{
    public override IInvocable Function(Hop hop, IInvocable inner, Host host) =>
        hop == Hop.Responder ? new ChangedFunction(inner, judge: static _ => InvocationResult.Success(default)) : inner;
}
