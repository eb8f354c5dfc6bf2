using DataToEvents.Emulator.Buses;
using DataToEvents.Emulator.DeliveryStreams;
using DataToEvents.Emulator.Http.DynamoDb;
using DataToEvents.Emulator.Http.EventBridge;
using DataToEvents.Emulator.Http.Firehose;
using DataToEvents.Emulator.Http.Json;
using DataToEvents.Emulator.Http.Sqs;
using DataToEvents.Emulator.Lambda;
using DataToEvents.Emulator.Lambda.Mappings;
using DataToEvents.Emulator.Objects;
using DataToEvents.Emulator.Queues;
using DataToEvents.Emulator.Storage;
using DataToEvents.Emulator.Tables;
using DataToEvents.Emulator.Tests.Flow;
using NSubstitute;

namespace DataToEvents.Emulator.Tests.Http.Members;

/// <summary>An account with something in each service.</summary>
internal sealed class MembersBed : IAsyncDisposable
{
    public const string Bucket = "bucket";

    private readonly TemporaryFolder _folder = new();
    private readonly List<Exception> _faults = [];
    private Database _database = null!;
    private EmulatedAccount _account = null!;
    private AccountEndpoint _endpoint = null!;

    public HttpClient Http { get; private set; } = null!;

    public static async Task<MembersBed> OpenAsync()
    {
        var bed = new MembersBed();
        bed._database = Database.OpenFile(Path.Combine(bed._folder.Path, "test.db"));
        var account = bed._account = new EmulatedAccount(bed._database, TimeProvider.System, new Random(1));
        var dead = await account.AddQueueAsync(new QueueOptions { Name = "dead.fifo" });
        await account.AddQueueAsync(new QueueOptions { Name = "queue.fifo", Redrive = new RedrivePolicy(dead, 1) });
        var plain = await account.AddQueueAsync(new QueueOptions { Name = "plain", Fifo = false });
        await account.AddTableAsync(new ItemTableOptions { Name = "table" });
        await dead.SendBatchAsync([.. Enumerable.Range(0, 3).Select(static i => new SendEntry($"{i}", $"{i}", "x"u8.ToArray(), $"{i}"))]);
        await plain.SendBatchAsync([new SendEntry(null, null, "x"u8.ToArray(), "1")]);
        var bucket = new MemoryBucket();
        account.AddBucket(Bucket, bucket);
        var bus = await account.AddBusAsync(new EventBusOptions("default"));
        var function = new FakeFunction(_ => "null");
        bus.AddRule(new RuleOptions("rule") { Pattern = """{"source":["a"]}""" }, function, Substitute.For<IDeadLetterQueue>());
        bus.Archive.Keep();
        await account.AddDeliveryStreamAsync(new DeliveryStreamOptions { Name = "stream" }, bucket, function);
        account.AddFunction(new ReservedFunction(function));
        account.MapQueue(plain, function, new QueueEventSourceOptions());
        bed._endpoint = await AccountEndpoint.OpenAsync(account, new EndpointOptions { OnFault = bed._faults.Add });
        bed.Http = new HttpClient { BaseAddress = new Uri(bed._endpoint.Url) };
        return bed;
    }

    /// <summary>The id of the account's event source mapping.</summary>
    public string Mapping => _account.Mappings.Single().Uuid;

    /// <summary>The services of AWS's JSON protocols, by botocore's names.</summary>
    public IReadOnlyDictionary<string, IJsonService> JsonServices => new Dictionary<string, IJsonService>
    {
        ["dynamodb"] = new DynamoDbService(_account.TableCatalog),
        ["dynamodbstreams"] = new DynamoDbStreamsService(_account.TableCatalog),
        ["events"] = new EventBridgeService(_account.BusCatalog, _account.Bus),
        ["firehose"] = new FirehoseService([.. _account.DeliveryStreams]),
        ["sqs"] = new SqsService(_account.QueueCatalog, () => _endpoint.Url),
    };

    public Task<EndpointResponse> CallAsync(IJsonService service, string operation, JsonObject request) => EndpointResponse.ToAsync(Http, $"{service.TargetPrefix}.{operation}", request.ToJsonString());

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _endpoint.DisposeAsync();
        await _account.DisposeAsync();
        await _database.DisposeAsync();
        _folder.Dispose();
        _faults.Should().BeEmpty();
    }
}
