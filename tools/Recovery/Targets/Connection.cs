using Amazon.DynamoDBStreams;
using Amazon.DynamoDBv2;
using Amazon.EventBridge;
using Amazon.KinesisFirehose;
using Amazon.SQS;
using DataToEvents.Adapters.EventBridge;
using DataToEvents.Adapters.S3;
using DataToEvents.Commands;
using DataToEvents.Common;
using DataToEvents.Recovery.DeadLetters;
using DataToEvents.Recovery.Publishing;

namespace DataToEvents.Recovery.Targets;

/// <summary>The services of one target, each connected when it is first asked for.</summary>
internal sealed class Connection : IAsyncDisposable
{
    private readonly DataAccess? _access;
    private readonly Terminal _terminal;
    private readonly Lazy<AmazonSQSClient> _sqs;
    private readonly Lazy<AmazonDynamoDBClient> _dynamo;
    private readonly Lazy<AmazonDynamoDBStreamsClient> _streams;
    private readonly Lazy<AmazonEventBridgeClient> _bridge;
    private readonly Lazy<AmazonKinesisFirehoseClient> _firehose;
    private readonly Lazy<Amazon.S3.AmazonS3Client> _s3;

    private Connection(Target target, DataAccess? access, Terminal terminal)
    {
        (_access, _terminal, Names) = (access, terminal, target.Names);
        Endpoint = access?.Endpoint ?? target.Endpoint;
        var clients = new Clients(Endpoint, target.Region, Environment.GetEnvironmentVariable);
        (_sqs, _dynamo, _streams) = (new(clients.Sqs), new(clients.Dynamo), new(clients.Streams));
        (_bridge, _firehose, _s3) = (new(clients.Bridge), new(clients.Firehose), new(clients.S3));
    }

    public Uri? Endpoint { get; }

    public ResourceNames Names { get; }

    /// <summary>Whether the services are those of an embedded run's data directory.</summary>
    public bool IsDataDirectory => _access is not null;

    /// <summary>For people: which services these are.</summary>
    public string Where =>
        _access is { IsHosted: false } ? "the data directory; no host runs, so that what is sent waits for one"
        : Endpoint is not null ? Endpoint.ToString().TrimEnd('/')
        : "AWS";

    public IAmazonSQS Sqs => _sqs.Value;

    public IAmazonDynamoDB Dynamo => _dynamo.Value;

    public IAmazonDynamoDBStreams Streams => _streams.Value;

    public IAmazonEventBridge Bridge => _bridge.Value;

    public IAmazonKinesisFirehose Firehose => _firehose.Value;

    public Amazon.S3.IAmazonS3 S3 => _s3.Value;

    public Bucket Bucket => new(S3, Names.Bucket);

    public S3PayloadStore Payloads => new(S3, new S3Options(Names.Bucket, "--bucket"));

    public EventTable Table => new(Dynamo, Names.Table);

    public RecordWriter Records => new(Firehose, Names.DeliveryStream, _terminal.Time, _terminal.Random);

    /// <exception cref="UserErrorException">The data directory cannot be used.</exception>
    public static async Task<Connection> OpenAsync(Target target, Terminal terminal)
    {
        var access = target.Data is { } data ? await DataAccess.OpenAsync(data, fault => terminal.Complain(fault.ToString())) : null;
        return new Connection(target, access, terminal);
    }

    /// <summary>The dead-letter queue of the queue, or of the rule's target.</summary>
    public Task<DeadLetterQueue> DeadLettersAsync(bool ofRule) => DeadLetterQueue.OpenAsync(Sqs, ofRule ? Names.RuleDeadLetters : Names.DeadLetters);

    /// <summary>The bus, which exists: PutEvents to a missing one answers with success (facts.md, section 4).</summary>
    public async Task<BusWriter> BusAsync(CancellationToken cancellationToken)
    {
        var publisher = new EventBridgePublisher(Bridge, new EventBridgeOptions(Names.Bus));
        await publisher.EnsureBusExistsAsync(cancellationToken);
        return new BusWriter(publisher, _terminal.Time, _terminal.Random);
    }

    public async ValueTask DisposeAsync()
    {
        Dispose(_sqs);
        Dispose(_dynamo);
        Dispose(_streams);
        Dispose(_bridge);
        Dispose(_firehose);
        Dispose(_s3);
        await (_access?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private static void Dispose<T>(Lazy<T> client)
        where T : IDisposable
    {
        if (client.IsValueCreated)
        {
            client.Value.Dispose();
        }
    }
}
