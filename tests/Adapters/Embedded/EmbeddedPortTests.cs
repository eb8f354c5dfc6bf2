using DataToEvents.Adapters.Embedded;
using DataToEvents.Adapters.Formats;
using DataToEvents.Adapters.Tests.Contracts;
using DataToEvents.Application.EventResponder;
using DataToEvents.Application.EventStorer;
using DataToEvents.Application.IntegrationEventEmitter;
using DataToEvents.Application.Transformer;
using DataToEvents.Domain;
using DataToEvents.Emulator.Objects;
using DataToEvents.Emulator.Storage;
using DataToEvents.Emulator.Tables;
using DataToEvents.Emulator.Tests;
using DataToEvents.Emulator.Tests.Buses;
using DataToEvents.Emulator.Tests.Queues;
using StoredItem = DataToEvents.Adapters.Tests.Contracts.StoredItem;

namespace DataToEvents.Adapters.Tests.Embedded;

public sealed class EmbeddedEventQueueTests : EventQueueContract
{
    private QueueBed _bed = null!;

    protected override IEventQueue Queue => new EmbeddedEventQueue(_bed.Queue);

    public override async Task InitializeAsync() => _bed = await QueueBed.OpenAsync();

    public override async Task DisposeAsync() => await _bed.DisposeAsync();

    protected override async Task<IReadOnlyList<ReadOnlyMemory<byte>>> DeliverAsync()
    {
        var delivered = new List<ReadOnlyMemory<byte>>();
        while (await _bed.Queue.ReceiveAsync() is { Count: > 0 } received)
        {
            delivered.AddRange(received.Select(message => message.Body));
            await _bed.Queue.DeleteBatchAsync([.. received.Select(message => message.ReceiptHandle)]);
        }

        return delivered;
    }
}

public sealed class EmbeddedDeadLettersTests : DeadLettersContract
{
    private QueueBed _bed = null!;

    protected override IDeadLetters DeadLetters => new EmbeddedDeadLetters(_bed.DeadLetters);

    public override async Task InitializeAsync() => _bed = await QueueBed.OpenAsync();

    public override async Task DisposeAsync() => await _bed.DisposeAsync();

    protected override async Task<IReadOnlyList<(string Group, string Body)>> ReadAllAsync() =>
        [.. (await _bed.DeadLetters.ListAsync(limit: 10)).Select(message => (message.GroupId!, Encoding.UTF8.GetString(message.Body.Span)))];
}

public sealed class EmbeddedEventStoreTests : EventStoreContract
{
    private Database _database = null!;
    private ItemTable _table = null!;

    protected override IEventStore Store => new EmbeddedEventStore(_table);

    public override async Task InitializeAsync()
    {
        _database = Database.OpenInMemory();
        _table = await ItemTable.OpenAsync(_database, new ItemTableOptions { Name = "events" }, TimeProvider.System);
    }

    public override async Task DisposeAsync() => await _database.DisposeAsync();

    protected override async Task<StoredItem?> ReadAsync(DataEvent stored)
    {
        if (await _table.GetAsync(stored.Stream.Value, stored.Key) is not { } item)
        {
            return null;
        }

        using var json = JsonDocument.Parse(item);
        string? Text(string name, string type = "S") => json.RootElement.TryGetProperty(name, out var value) ? value.GetProperty(type).GetString() : null;
        return new StoredItem(
            Text(EventItem.Envelope)!, Text(EventItem.Sequence)!, Text(EventItem.Type)!, Text(EventItem.Time)!, Text(EventItem.Hash)!, Text(EventItem.Stored, "N")!,
            Text(EventItem.Trace), Text(EventItem.ExpiresAt, "N"));
    }
}

public sealed class EmbeddedEventPublisherTests : EventPublisherContract
{
    private readonly FakeFunction _target = BusBed.Taking();
    private BusBed _bed = null!;

    protected override IEventPublisher Publisher => new EmbeddedEventPublisher(_bed.Bus);

    public override async Task InitializeAsync() => _bed = await BusBed.OpenAsync(target: _target);

    public override async Task DisposeAsync() => await _bed.DisposeAsync();

    [Fact]
    public async Task The_target_is_invoked_within_the_events_trace_and_without_one_in_none()
    {
        const string Trace = "Root=1-0af76519-16cd43dd8448eb211c80319c;Parent=b7ad6b7169203331;Sampled=1";
        await Publisher.PublishAsync([Some.Published(Some.Event("a"), "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"), Some.Published(Some.Event("b"))], default);

        await SeenAsync();

        _target.Traces.Should().BeEquivalentTo([Trace, null]);
    }

    protected override async Task<IReadOnlyList<SeenEvent>> SeenAsync()
    {
        _bed.Run();
        while (_bed.Bus.Stats.Pending > 0)
        {
            await Task.Yield();
        }

        return [.. _target.Payloads.Select(Seen)];
    }

    private static SeenEvent Seen(byte[] payload)
    {
        using var json = JsonDocument.Parse(payload, new JsonDocumentOptions { MaxDepth = 1_010 });
        string Text(string name) => json.RootElement.GetProperty(name).GetString()!;
        return new SeenEvent(
            Text("source"), Text("detail-type"), json.RootElement.GetProperty("detail").GetRawText(), json.RootElement.GetProperty("time").GetDateTimeOffset(),
            string.Join(",", json.RootElement.GetProperty("resources").EnumerateArray().Select(resource => resource.GetString())));
    }
}

public sealed class EmbeddedPayloadStoreTests : PayloadStoreContract
{
    private readonly MemoryBucket _bucket = new();

    protected override IPayloadStore Payloads => new EmbeddedPayloadStore(_bucket);

    protected override IPayloadReader Reader => new EmbeddedPayloadStore(_bucket);

    protected override async Task<byte[]> ReadAsync(string reference) =>
        (await _bucket.GetAsync(reference[$"s3://{EmbeddedPayloadStore.DefaultBucketName}/".Length..]))!;

    protected override async Task<int> CountAsync() => (await _bucket.ListAsync("")).Count;
}

public sealed class EmbeddedQuarantineTests : QuarantineContract
{
    private readonly MemoryBucket _bucket = new();

    protected override IQuarantine Quarantine => new EmbeddedQuarantine(_bucket);

    protected override async Task<IReadOnlyList<byte[]>> ReadAllAsync()
    {
        var objects = new List<byte[]>();
        foreach (var key in await _bucket.ListAsync(QuarantineObject.Prefix))
        {
            objects.Add((await _bucket.GetAsync(key))!);
        }

        return objects;
    }
}

public sealed class EmbeddedStreamViewTests : StreamViewContract
{
    private readonly Database _database = Database.OpenInMemory();
    private EmbeddedStreamView _view = null!;

    protected override IStreamView View => _view;

    protected override IViewQueries Queries => _view;

    public override async Task InitializeAsync() =>
        _view = new EmbeddedStreamView(await ItemTable.OpenAsync(_database, new ItemTableOptions { Name = "view", HasStream = false }, TimeProvider.System), TimeProvider.System);

    public override async Task DisposeAsync() => await _database.DisposeAsync();
}
