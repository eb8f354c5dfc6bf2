using DataToEvents.Adapters.Formats;
using DataToEvents.Application.Lanes;
using DataToEvents.Application.Transformer;
using DataToEvents.Domain;
using DataToEvents.Emulator.Delivery;
using DataToEvents.Emulator.Queues;
using DataToEvents.Simulation.Faults;
using DataToEvents.Simulation.Workload;
using DataToEvents.Simulation.World;

namespace DataToEvents.Simulation.Mutants;

/// <summary>The queue is told that two events of the same payload are one.</summary>
internal sealed class DeduplicationByContent : Mutant, IEventQueue
{
    private MessageQueue _queue = null!;

    public override IEventQueue Queue(IEventQueue inner, Host host) => new DeduplicationByContent { _queue = host.Queue };

    public async Task<IReadOnlyList<Attempt>> SendAsync(IReadOnlyList<DataEvent> batch, CancellationToken cancellationToken)
    {
        var outcomes = await _queue.SendBatchAsync([.. batch.Select(item => new SendEntry(MessageKeys.GroupId(item.Stream), Hash(item), item.Envelope))]);
        return [.. outcomes.Select(outcome => outcome.Error is null ? Attempt.Done : Attempt.Rejected(outcome.Error.Code))];
    }

    private static string Hash(DataEvent item) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(item.Payload() ?? []));
}

/// <summary>The queue is told that two events of the same id are one, whatever they hold.</summary>
internal sealed class DeduplicationById : Mutant, IEventQueue
{
    private MessageQueue _queue = null!;

    public override IEventQueue Queue(IEventQueue inner, Host host) => new DeduplicationById { _queue = host.Queue };

    public async Task<IReadOnlyList<Attempt>> SendAsync(IReadOnlyList<DataEvent> batch, CancellationToken cancellationToken)
    {
        var outcomes = await _queue.SendBatchAsync([.. batch.Select(item => new SendEntry(MessageKeys.GroupId(item.Stream), item.Id.Value, item.Envelope))]);
        return [.. outcomes.Select(outcome => outcome.Error is null ? Attempt.Done : Attempt.Rejected(outcome.Error.Code))];
    }
}

/// <summary>The queue is told that two events of the same id and payload are one, whatever their source and type.</summary>
internal sealed class DeduplicationByIdAndPayload : Mutant, IEventQueue
{
    private MessageQueue _queue = null!;

    public override IEventQueue Queue(IEventQueue inner, Host host) => new DeduplicationByIdAndPayload { _queue = host.Queue };

    public async Task<IReadOnlyList<Attempt>> SendAsync(IReadOnlyList<DataEvent> batch, CancellationToken cancellationToken)
    {
        var outcomes = await _queue.SendBatchAsync([.. batch.Select(item => new SendEntry(MessageKeys.GroupId(item.Stream), Hash(item), item.Envelope))]);
        return [.. outcomes.Select(outcome => outcome.Error is null ? Attempt.Done : Attempt.Rejected(outcome.Error.Code))];
    }

    private static string Hash(DataEvent item) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([.. Encoding.UTF8.GetBytes(item.Id.Value), .. item.Payload() ?? Encoding.UTF8.GetBytes(item.DataRef ?? "")]));
}

/// <summary>Takes members that the catalog calls volatile for content.</summary>
internal sealed class VolatileMembersCount : Mutant, IEventQueue
{
    private IEventQueue _inner = null!;

    public override IEventQueue Queue(IEventQueue inner, Host host) => new VolatileMembersCount { _inner = inner };

    public Task<IReadOnlyList<Attempt>> SendAsync(IReadOnlyList<DataEvent> batch, CancellationToken cancellationToken) =>
        _inner.SendAsync([.. batch.Select(WithoutContent)], cancellationToken);

    private static DataEvent WithoutContent(DataEvent item) => item.Content is null ? item : DataEvent.Parse(Encoding.UTF8.GetBytes(
        Encoding.UTF8.GetString(item.Envelope.Span).Replace($"\"{ExtensionNames.Content}\":\"{item.Content}\",", "", StringComparison.Ordinal)));
}

/// <summary>Gives a CloudEvent without a subject one that is made of its bytes.</summary>
internal sealed class SubjectOfBytes : Mutant
{
    public override IInvocable Function(Hop hop, IInvocable inner, Host host) =>
        hop == Hop.Transformer ? new ChangedFunction(inner, change: WithSubjects) : inner;

    private static byte[] WithSubjects(byte[] payload)
    {
        var root = JsonNode.Parse(payload)!;
        foreach (var record in root["records"]!.AsArray())
        {
            var text = Encoding.UTF8.GetString(Convert.FromBase64String(record!["data"]!.GetValue<string>()));
            if (text.Contains("\"specversion\"", StringComparison.Ordinal) && !text.Contains("\"subject\"", StringComparison.Ordinal))
            {
                var subject = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text)));
                record["data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($$"""{"subject":"{{subject}}",{{text[1..]}}"""));
            }
        }

        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }
}

/// <summary>Says "queued" before it is.</summary>
internal sealed class AcknowledgedBeforeQueued : Mutant, IEventQueue
{
    private IEventQueue _inner = null!;

    public override IEventQueue Queue(IEventQueue inner, Host host) => new AcknowledgedBeforeQueued { _inner = inner };

    public Task<IReadOnlyList<Attempt>> SendAsync(IReadOnlyList<DataEvent> batch, CancellationToken cancellationToken)
    {
        _ = _inner.SendAsync(batch, cancellationToken);
        return Task.FromResult<IReadOnlyList<Attempt>>([.. batch.Select(_ => Attempt.Done)]);
    }
}

/// <summary>An entry that failed is sent again behind its successors.</summary>
internal sealed class FailedEntryLosesItsPlace : Mutant, IEventQueue
{
    private IEventQueue _inner = null!;
    private Host _host = null!;

    public override IEventQueue Queue(IEventQueue inner, Host host) => new FailedEntryLosesItsPlace { _inner = inner, _host = host };

    public async Task<IReadOnlyList<Attempt>> SendAsync(IReadOnlyList<DataEvent> batch, CancellationToken cancellationToken)
    {
        var attempts = await _inner.SendAsync(batch, cancellationToken);
        DataEvent[] failed = [.. batch.Where((_, index) => attempts[index].Result == AttemptResult.Retry)];
        _ = failed.Length == 0 ? Task.CompletedTask : AgainAsync(failed);
        return [.. attempts.Select(attempt => attempt.Result == AttemptResult.Retry ? Attempt.Done : attempt)];
    }

    private async Task AgainAsync(DataEvent[] failed)
    {
        while (failed.Length > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), _host.World.Clock);
            var attempts = await _inner.SendAsync(failed, CancellationToken.None);
            failed = [.. failed.Where((_, index) => attempts[index].Result != AttemptResult.Done)];
        }
    }
}

/// <summary>Leaves integers that are too large for 64 bits in <c>data</c>. The bus refuses such a number there.</summary>
internal sealed class WideIntegersStayInData : Mutant, IEventQueue
{
    private IEventQueue _inner = null!;

    public override IEventQueue Queue(IEventQueue inner, Host host) => new WideIntegersStayInData { _inner = inner };

    public Task<IReadOnlyList<Attempt>> SendAsync(IReadOnlyList<DataEvent> batch, CancellationToken cancellationToken) =>
        _inner.SendAsync([.. batch.Select(WithNumbers)], cancellationToken);

    private static DataEvent WithNumbers(DataEvent item)
    {
        var envelope = Encoding.UTF8.GetString(item.Envelope.Span);
        return item.Payload() is { } payload && Encoding.UTF8.GetString(payload) is var json && json.Contains(Records.WideInteger, StringComparison.Ordinal) && !json.Contains('\n')
            ? DataEvent.Parse(Encoding.UTF8.GetBytes(envelope.Replace($"\"data_base64\":\"{Convert.ToBase64String(payload)}\"", $"\"data\":{json}", StringComparison.Ordinal)))
            : item;
    }
}

/// <summary>Puts payloads through a JSON reader and writer on their way to the queue.</summary>
internal sealed class ReserialisedPayload : Mutant, IEventQueue
{
    private IEventQueue _inner = null!;

    public override IEventQueue Queue(IEventQueue inner, Host host) => new ReserialisedPayload { _inner = inner };

    public Task<IReadOnlyList<Attempt>> SendAsync(IReadOnlyList<DataEvent> batch, CancellationToken cancellationToken) =>
        _inner.SendAsync([.. batch.Select(item => DataEvent.Parse(JsonSerializer.SerializeToUtf8Bytes(JsonNode.Parse(item.Envelope.Span))))], cancellationToken);
}

/// <summary>Refers to a payload whether or not it could be stored.</summary>
internal sealed class ReferenceBeforePayload : Mutant, IPayloadStore
{
    private IPayloadStore _inner = null!;

    public override IPayloadStore Payloads(IPayloadStore inner) => new ReferenceBeforePayload { _inner = inner };

    public Task<string> PutAsync(ReadOnlyMemory<byte> payload, string? contentType, CancellationToken cancellationToken)
    {
        _ = _inner.PutAsync(payload, contentType, cancellationToken);
        return Task.FromResult($"s3://data-events/{PayloadObject.Key(payload.Span)}");
    }
}

/// <summary>Makes ids of Firehose's record ids, which no document says to be stable.</summary>
internal sealed class IdFromRecordId : Mutant
{
    public override IInvocable Function(Hop hop, IInvocable inner, Host host) =>
        hop == Hop.Transformer ? new ChangedFunction(inner, change: Wrap) : inner;

    private static byte[] Wrap(byte[] payload)
    {
        var root = JsonNode.Parse(payload)!;
        foreach (var record in root["records"]!.AsArray())
        {
            var data = Convert.FromBase64String(record!["data"]!.GetValue<string>());
            if (Encoding.UTF8.GetString(data) is var text && text.StartsWith("{\"device\"", StringComparison.Ordinal))
            {
                var stream = $"device-{JsonNode.Parse(data)!["device"]!.GetValue<string>()}";
                var json = $$"""{"specversion":"1.0","id":"{{record["recordId"]}}","source":"urn:simulation/device","type":"device","subject":"{{stream}}","data":{{text}}}""";
                record["data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(json));
            }
        }

        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }
}

/// <summary>Makes ids of a record's place in its batch, and Firehose may cut a batch anew.</summary>
internal sealed class IdFromPlace : Mutant
{
    public override IInvocable Function(Hop hop, IInvocable inner, Host host) =>
        hop == Hop.Transformer ? new ChangedFunction(inner, change: Wrap) : inner;

    private static byte[] Wrap(byte[] payload)
    {
        var root = JsonNode.Parse(payload)!;
        var place = 0;
        foreach (var record in root["records"]!.AsArray())
        {
            var data = Convert.FromBase64String(record!["data"]!.GetValue<string>());
            if (Encoding.UTF8.GetString(data) is var text && text.StartsWith("{\"device\"", StringComparison.Ordinal))
            {
                var (stream, arrival) = ($"device-{JsonNode.Parse(data)!["device"]!.GetValue<string>()}", record["approximateArrivalTimestamp"]);
                var json = $$"""{"specversion":"1.0","id":"{{arrival}}-{{place}}","source":"urn:simulation","type":"device","subject":"{{stream}}","data":{{text}}}""";
                record["data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(json));
            }

            place++;
        }

        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }
}

/// <summary>Puts all events into one message group: what one of them waits for, all wait for.</summary>
internal sealed class OneGroupForAll : Mutant, IEventQueue
{
    private MessageQueue _queue = null!;

    public override IEventQueue Queue(IEventQueue inner, Host host) => new OneGroupForAll { _queue = host.Queue };

    public async Task<IReadOnlyList<Attempt>> SendAsync(IReadOnlyList<DataEvent> batch, CancellationToken cancellationToken)
    {
        var outcomes = await _queue.SendBatchAsync([.. batch.Select(item => new SendEntry("all", MessageKeys.DeduplicationId(item), item.Envelope))]);
        return [.. outcomes.Select(outcome => outcome.Error is null ? Attempt.Done : Attempt.Rejected(outcome.Error.Code))];
    }
}

/// <summary>Fails as a whole when one record cannot be taken.</summary>
internal sealed class OneFailsAll : Mutant
{
    public override IInvocable Function(Hop hop, IInvocable inner, Host host) =>
        hop == Hop.Transformer ? new ChangedFunction(inner, judge: Judge) : inner;

    private static InvocationResult Judge(InvocationResult answer) =>
        answer.Error is null && answer.Payload.Span.IndexOf("ProcessingFailed"u8) >= 0 ? InvocationResult.Failure("AggregateException", "a record failed") : answer;
}
