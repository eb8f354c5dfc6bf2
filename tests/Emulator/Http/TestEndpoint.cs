using System.Threading.Channels;
using Amazon.DynamoDBv2;
using Amazon.EventBridge;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SQS;
using DataToEvents.Adapters.Aws;
using DataToEvents.Adapters.S3;
using DataToEvents.Emulator.Buses;
using DataToEvents.Emulator.Http;
using DataToEvents.Emulator.Http.DynamoDb;
using DataToEvents.Emulator.Http.EventBridge;
using DataToEvents.Emulator.Http.S3;
using DataToEvents.Emulator.Http.Sqs;
using DataToEvents.Emulator.Objects;
using DataToEvents.Emulator.Queues;
using DataToEvents.Emulator.Storage;
using DataToEvents.Emulator.Tables;
using DataToEvents.Emulator.Tests.Flow;

namespace DataToEvents.Emulator.Tests.Http;

/// <summary>The emulator's services behind an endpoint, and Amazon's clients for it. It uses the real clock, as sockets do, unless a test passes its own.</summary>
internal sealed class TestEndpoint : IInvocable, IRuleTargets, IAsyncDisposable
{
    public const string Bucket = "lake-bucket";

    private static readonly BasicAWSCredentials Credentials = new("embedded", "embedded");

    private readonly TemporaryFolder _folder = new();
    private readonly Channel<byte[]> _delivered = Channel.CreateUnbounded<byte[]>();
    private readonly CancellationTokenSource _stop = new();
    private Database _database = null!;
    private HttpClient _http = null!;
    private SqsService _queues = null!;
    private RuleBook _rules = null!;
    private TableCatalog _tables = null!;
    private BusCatalog _buses = null!;
    private Task _running = Task.CompletedTask;

    public EmulatorEndpoint Endpoint { get; private set; } = null!;

    public QueueCatalog Catalog { get; private set; } = null!;

    public TableCatalog Tables => _tables;

    public MessageQueue Queue { get; private set; } = null!;

    public MessageQueue DeadLetters { get; private set; } = null!;

    /// <summary>A standard queue.</summary>
    public MessageQueue Plain { get; private set; } = null!;

    public ItemTable Table { get; private set; } = null!;

    /// <summary>A table without a stream.</summary>
    public ItemTable Counts { get; private set; } = null!;

    public EventBus Bus { get; private set; } = null!;

    public MemoryBucket Objects { get; } = new();

    public List<Exception> Faults { get; } = [];

    public string Url => $"http://127.0.0.1:{Endpoint.Port}";

    public string QueueUrl => $"{Url}/000000000000/{Queue.Options.Name}";

    public AmazonSQSClient Sqs => new(Credentials, At(SdkSettings.Of<AmazonSQSConfig>()));

    public AmazonDynamoDBClient Dynamo => new(Credentials, At(SdkSettings.Of<AmazonDynamoDBConfig>()));

    public AmazonEventBridgeClient Bridge => new(Credentials, At(SdkSettings.Of<AmazonEventBridgeConfig>()));

    public AmazonS3Client S3 => new(Credentials, At(S3Settings.For(Url)));

    string IInvocable.Name => "target";

    /// <param name="policy">Decides who may do what; null allows everything.</param>
    /// <param name="clock">The clock; null for the real one.</param>
    public static async Task<TestEndpoint> StartAsync(ICallPolicy? policy = null, TimeProvider? clock = null)
    {
        var (open, time) = (new TestEndpoint(), clock ?? TimeProvider.System);
        open._database = Database.OpenFile(Path.Combine(open._folder.Path, "test.db"));
        open.Catalog = new QueueCatalog(open._database, time, new Random(1));
        open.DeadLetters = await open.Catalog.AddAsync(new QueueOptions { Name = "dead.fifo" });
        open.Queue = await open.Catalog.AddAsync(new QueueOptions { Name = "events.fifo", Redrive = new RedrivePolicy(open.DeadLetters, 1) });
        open.Plain = await open.Catalog.AddAsync(new QueueOptions { Name = "plain", Fifo = false, VisibilityTimeout = TimeSpan.FromMinutes(5) });
        open._tables = new TableCatalog(open._database, time);
        open.Counts = await open._tables.AddAsync(new ItemTableOptions { Name = "counts", HasStream = false });
        open.Table = await open._tables.AddAsync(new ItemTableOptions { Name = "events", TimeToLiveAttribute = "expiresAt" });
        open.Bus = await EventBus.OpenAsync(open._database, new EventBusOptions("events") { MaxDeliveries = 1 }, time, new Random(1));
        open.Bus.AddRule(new RuleOptions("all") { Pattern = """{"source":[{"prefix":""}]}""" }, open, new NoDeadLetters());
        open._rules = new RuleBook(open.Bus, open._database, open);
        open._buses = new BusCatalog(open._database, time, new Random(2), open);
        open._buses.Add(open.Bus, open._rules);
        open._running = Task.WhenAll(open.Bus.RunAsync(open._stop.Token), open._buses.RunAsync(open._stop.Token));
        open.Endpoint = await EmulatorEndpoint.StartAsync(new EmulatorEndpointOptions
        {
            Services =
            [
                open._queues = new SqsService(open.Catalog, () => open.Url),
                new EventBridgeService(open._buses, open.Bus),
                new DynamoDbService(open._tables),
                new DynamoDbStreamsService(open._tables),
            ],
            Objects = new S3Endpoint(new Dictionary<string, ObjectBucket> { [Bucket] = open.Objects }, policy),
            Policy = policy,
            OnFault = open.Faults.Add,
        });
        open._http = new HttpClient { BaseAddress = new Uri(open.Url) };
        return open;
    }

    /// <summary>Calls an operation of AWS's JSON protocols with this body.</summary>
    public Task<EndpointResponse> CallAsync(string target, string body) => EndpointResponse.ToAsync(_http, target, body);

    /// <summary>A request without a body, such as S3's.</summary>
    public async Task<EndpointResponse> CallAsync(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        return await EndpointResponse.ToAsync(_http, request);
    }

    /// <summary>The events that the bus has delivered, once it has delivered all that it took.</summary>
    public async Task<List<byte[]>> DeliveredAsync()
    {
        var events = new List<byte[]>();
        while (events.Count < Bus.Stats.Published)
        {
            events.Add(await _delivered.Reader.ReadAsync());
        }

        return events;
    }

    public async Task<byte[]> NextDeliveredAsync() => await _delivered.Reader.ReadAsync();

    public Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        _delivered.Writer.TryWrite(payload.ToArray());
        return Task.FromResult(InvocationResult.Success("null"u8.ToArray()));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Endpoint.DisposeAsync();
        await _queues.DisposeAsync();
        await _stop.CancelAsync();
        await _running;
        Bus.Dispose();
        _rules.Dispose();
        _tables.Dispose();
        _buses.Dispose();
        await Catalog.DisposeAsync();
        await _database.DisposeAsync();
        _stop.Dispose();
        _folder.Dispose();
        Faults.Should().BeEmpty();
    }

    IInvocable? IRuleTargets.Target(string arn, string? messageGroupId) => Catalog.ByArn(arn) is { } queue ? new QueueTarget(queue, messageGroupId) : null;

    IDeadLetterQueue? IRuleTargets.DeadLetters(string arn) => Catalog.ByArn(arn) is { } queue ? new QueueTarget(queue) : null;

    public TConfig At<TConfig>(TConfig config)
        where TConfig : ClientConfig
    {
        config.ServiceURL = Url;
        (config.AuthenticationRegion, config.DefaultAWSCredentials) = ("us-east-1", Credentials);
        return config;
    }

    private sealed class NoDeadLetters : IDeadLetterQueue
    {
        public Task SendAsync(ReadOnlyMemory<byte> eventJson, IReadOnlyDictionary<string, string> attributes, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("The target takes everything.");
    }
}
