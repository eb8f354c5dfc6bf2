using Amazon.DynamoDBv2.Model;
using DataToEvents.Adapters.DynamoDb;
using DataToEvents.Adapters.EventBridge;
using DataToEvents.Adapters.Formats;
using DataToEvents.Adapters.S3;
using DataToEvents.Adapters.Sqs;
using DataToEvents.Adapters.Tests.Contracts;
using DataToEvents.Adapters.Tests.DynamoDb;
using DataToEvents.Application.EventResponder;
using DataToEvents.Application.EventStorer;
using DataToEvents.Application.IntegrationEventEmitter;
using DataToEvents.Application.Transformer;
using DataToEvents.Domain;
using DataToEvents.Emulator.Tests.Http;

namespace DataToEvents.Adapters.Tests.Wire;

// The adapters for AWS with Amazon's own clients, before the engine's endpoints: what the functions are when they run as processes.
public sealed class SqsEndpointContractTests : EventQueueContract
{
    private TestEndpoint _endpoint = null!;

    protected override IEventQueue Queue => new SqsEventQueue(_endpoint.Sqs, new SqsOptions(_endpoint.QueueUrl, SqsOptions.QueueVariable));

    public override async Task InitializeAsync() => _endpoint = await TestEndpoint.StartAsync();

    public override async Task DisposeAsync() => await _endpoint.DisposeAsync();

    protected override async Task<IReadOnlyList<ReadOnlyMemory<byte>>> DeliverAsync()
    {
        var bodies = new List<ReadOnlyMemory<byte>>();
        while (await _endpoint.Queue.ReceiveAsync() is { Count: > 0 } messages)
        {
            bodies.AddRange(messages.Select(message => message.Body));
            await _endpoint.Queue.DeleteBatchAsync([.. messages.Select(message => message.ReceiptHandle)]);
        }

        return bodies;
    }
}

public sealed class CompressingDynamoDbEndpointStoreContractTests : DynamoDbEndpointStoreContractTests
{
    protected override bool Compress => true;

    [Fact]
    public async Task An_envelope_that_compressed_saves_a_write_unit_is_stored_as_binary_and_read_as_it_was()
    {
        var stored = Some.Event(data: $$"""{"note":"{{string.Concat(Enumerable.Repeat("José, ", 300))}}"}""");

        await Store.AppendAsync([Some.ToStore(stored)], default);

        (await ItemAsync(stored))[EventItem.Envelope].B.Length.Should().BeLessThan(StoredEnvelope.WriteUnitBytes);
        (await ReadAsync(stored))!.Envelope.Should().Be(System.Text.Encoding.UTF8.GetString(stored.Envelope.Span));
        (await Store.AppendAsync([Some.ToStore(stored)], default)).Should().Equal(new AppendOutcome(AppendKind.Duplicate));
    }
}

public class DynamoDbEndpointStoreContractTests : EventStoreContract
{
    private TestEndpoint _endpoint = null!;

    protected virtual bool Compress => false;

    protected override IEventStore Store => new DynamoDbEventStore(_endpoint.Dynamo, new DynamoDbOptions("events", DynamoDbOptions.StoreVariable), Compress);

    public override async Task InitializeAsync() => _endpoint = await TestEndpoint.StartAsync();

    public override async Task DisposeAsync() => await _endpoint.DisposeAsync();

    protected async Task<Dictionary<string, AttributeValue>> ItemAsync(DataEvent stored)
    {
        var key = new Dictionary<string, AttributeValue> { [EventItem.PartitionKey] = new(stored.Stream.Value), [EventItem.SortKey] = new(stored.Key) };
        return (await _endpoint.Dynamo.GetItemAsync("events", key, consistentRead: true)).Item;
    }

    protected override async Task<StoredItem?> ReadAsync(DataEvent stored) => StoredText.ItemOf(await ItemAsync(stored));
}

public sealed class DynamoDbEndpointViewContractTests : StreamViewContract
{
    private TestEndpoint _endpoint = null!;
    private DynamoDbStreamView? _view;

    protected override IStreamView View => Opened;

    protected override IViewQueries Queries => Opened;

    private DynamoDbStreamView Opened => _view ??= new DynamoDbStreamView(
        _endpoint.Dynamo, new StreamViewOptions(new DynamoDbOptions("events", DynamoDbOptions.ViewVariable), shards: 4), TimeProvider.System, new Random(7));

    public override async Task InitializeAsync() => _endpoint = await TestEndpoint.StartAsync();

    public override async Task DisposeAsync() => await _endpoint.DisposeAsync();
}

public sealed class EventBridgeEndpointContractTests : EventPublisherContract
{
    private TestEndpoint _endpoint = null!;

    protected override IEventPublisher Publisher => new EventBridgePublisher(_endpoint.Bridge, new EventBridgeOptions("events"));

    public override async Task InitializeAsync() => _endpoint = await TestEndpoint.StartAsync();

    public override async Task DisposeAsync() => await _endpoint.DisposeAsync();

    [Fact]
    public async Task The_check_at_the_start_finds_the_bus_and_misses_another()
    {
        var missing = () => new EventBridgePublisher(_endpoint.Bridge, new EventBridgeOptions("other")).EnsureBusExistsAsync(default);

        await new EventBridgePublisher(_endpoint.Bridge, new EventBridgeOptions("events")).EnsureBusExistsAsync(default);
        await missing.Should().ThrowAsync<InvalidOperationException>().WithMessage("There is no event bus other*");
    }

    protected override async Task<IReadOnlyList<SeenEvent>> SeenAsync() => [.. (await _endpoint.DeliveredAsync()).Select(Seen)];

    private static SeenEvent Seen(byte[] delivered)
    {
        using var json = JsonDocument.Parse(delivered);
        string Text(string name) => json.RootElement.GetProperty(name).GetString()!;
        return new SeenEvent(
            Text("source"),
            Text("detail-type"),
            json.RootElement.GetProperty("detail").GetRawText(),
            json.RootElement.GetProperty("time").GetDateTimeOffset(),
            string.Join(",", json.RootElement.GetProperty("resources").EnumerateArray().Select(resource => resource.GetString())));
    }
}

public sealed class S3EndpointPayloadContractTests : PayloadStoreContract
{
    private TestEndpoint _endpoint = null!;

    protected override IPayloadStore Payloads => new S3PayloadStore(_endpoint.S3, new S3Options(TestEndpoint.Bucket, S3Options.PayloadVariable));

    protected override IPayloadReader Reader => new S3PayloadReader(_endpoint.S3, new S3Options(TestEndpoint.Bucket, S3Options.PayloadVariable));

    public override async Task InitializeAsync() => _endpoint = await TestEndpoint.StartAsync();

    public override async Task DisposeAsync() => await _endpoint.DisposeAsync();

    protected override async Task<byte[]> ReadAsync(string reference)
    {
        using var answer = await _endpoint.S3.GetObjectAsync(TestEndpoint.Bucket, reference[$"s3://{TestEndpoint.Bucket}/".Length..]);
        using var content = new MemoryStream();
        await answer.ResponseStream.CopyToAsync(content);
        return content.ToArray();
    }

    protected override async Task<int> CountAsync() => (await _endpoint.Objects.ListAsync()).Count;
}

public sealed class S3EndpointQuarantineContractTests : QuarantineContract
{
    private TestEndpoint _endpoint = null!;

    protected override IQuarantine Quarantine => new S3Quarantine(_endpoint.S3, new S3Options(TestEndpoint.Bucket, S3Options.QuarantineVariable));

    public override async Task InitializeAsync() => _endpoint = await TestEndpoint.StartAsync();

    public override async Task DisposeAsync() => await _endpoint.DisposeAsync();

    protected override async Task<IReadOnlyList<byte[]>> ReadAllAsync()
    {
        var keys = await _endpoint.Objects.ListAsync("quarantine/");
        return await Task.WhenAll(keys.Select(async key => (await _endpoint.Objects.GetAsync(key))!));
    }
}

public sealed class SqsEndpointDeadLettersContractTests : DeadLettersContract
{
    private TestEndpoint _endpoint = null!;

    protected override IDeadLetters DeadLetters => new SqsDeadLetters(_endpoint.Sqs, new SqsOptions(_endpoint.QueueUrl, SqsOptions.DeadLettersVariable));

    public override async Task InitializeAsync() => _endpoint = await TestEndpoint.StartAsync();

    public override async Task DisposeAsync() => await _endpoint.DisposeAsync();

    protected override async Task<IReadOnlyList<(string Group, string Body)>> ReadAllAsync() =>
        [.. (await _endpoint.Queue.ListAsync(limit: 10)).Select(message => (message.GroupId!, Encoding.UTF8.GetString(message.Body.Span)))];
}
