using Amazon.CloudWatch;
using Amazon.DynamoDBStreams;
using Amazon.DynamoDBv2;
using Amazon.EventBridge;
using Amazon.IdentityManagement;
using Amazon.KinesisFirehose;
using Amazon.Lambda;
using Amazon.S3;
using Amazon.ServiceQuotas;
using Amazon.SQS;
using Amazon.SQS.Model;
using DataToEvents.Adapters.EventBridge;
using DataToEvents.Adapters.S3;
using DataToEvents.Recovery.DeadLetters;

namespace DataToEvents.Recovery.Targets;

/// <summary>The services of one target, each connected when it is first asked for.</summary>
internal sealed class PathServices : IAsyncDisposable
{
    private const int MaxErrorRetry = 3;

    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    private readonly DataAccess? _access;
    private readonly Terminal _terminal;
    private readonly Lazy<AmazonSQSClient> _sqs;
    private readonly Lazy<AmazonDynamoDBClient> _dynamo;
    private readonly Lazy<AmazonDynamoDBStreamsClient> _streams;
    private readonly Lazy<AmazonEventBridgeClient> _bridge;
    private readonly Lazy<AmazonKinesisFirehoseClient> _firehose;
    private readonly Lazy<AmazonLambdaClient> _lambda;
    private readonly Lazy<AmazonS3Client> _s3;
    private readonly Lazy<AmazonCloudWatchClient> _cloudWatch;
    private readonly Lazy<AmazonServiceQuotasClient> _serviceQuotas;
    private readonly Lazy<AmazonIdentityManagementServiceClient> _iam;

    private PathServices(PathTarget target, DataAccess? access, Terminal terminal)
    {
        (_access, _terminal, Names) = (access, terminal, target.Names);
        Endpoint = access?.Endpoint ?? target.Endpoint;
        var settings = new AwsSettings(Endpoint, target.Region, Environment.GetEnvironmentVariable);
        _sqs = new(() => new AmazonSQSClient(Of<AmazonSQSConfig>(settings)));
        _dynamo = new(() => new AmazonDynamoDBClient(Of<AmazonDynamoDBConfig>(settings)));
        _streams = new(() => new AmazonDynamoDBStreamsClient(Of<AmazonDynamoDBStreamsConfig>(settings)));
        _bridge = new(() => new AmazonEventBridgeClient(Of<AmazonEventBridgeConfig>(settings)));
        _firehose = new(() => new AmazonKinesisFirehoseClient(Of<AmazonKinesisFirehoseConfig>(settings)));
        _lambda = new(() => new AmazonLambdaClient(Of<AmazonLambdaConfig>(settings)));
        _s3 = new(() => S3Client(settings));
        _cloudWatch = new(() => new AmazonCloudWatchClient(Of<AmazonCloudWatchConfig>(settings)));
        _serviceQuotas = new(() => new AmazonServiceQuotasClient(Of<AmazonServiceQuotasConfig>(settings)));
        _iam = new(() => new AmazonIdentityManagementServiceClient(Of<AmazonIdentityManagementServiceConfig>(settings)));
    }

    public Uri? Endpoint { get; }

    public ResourceNames Names { get; }

    /// <summary>Whether the services are those of an embedded run's data directory.</summary>
    public bool IsDataDirectory => _access is not null;

    /// <summary>Says which services these are, for people.</summary>
    public string Where =>
        _access is { IsHosted: false } ? "the data directory; no host runs, so that what is sent waits for one"
        : Endpoint is not null ? Endpoint.ToString().TrimEnd('/')
        : "AWS";

    public IAmazonSQS Sqs => _sqs.Value;

    public IAmazonDynamoDB Dynamo => _dynamo.Value;

    public IAmazonDynamoDBStreams Streams => _streams.Value;

    public IAmazonEventBridge Bridge => _bridge.Value;

    public IAmazonKinesisFirehose Firehose => _firehose.Value;

    public IAmazonLambda Lambda => _lambda.Value;

    public IAmazonCloudWatch CloudWatch => _cloudWatch.Value;

    public IAmazonServiceQuotas ServiceQuotas => _serviceQuotas.Value;

    public IAmazonIdentityManagementService Iam => _iam.Value;

    /// <summary>An address of the target whose answers have the time (their Date header).</summary>
    public Uri ClockAddress => Endpoint ?? new Uri(Sqs.DetermineServiceOperationEndpoint(new GetQueueUrlRequest(Names.Queue)).URL);

    /// <summary>The consumer's function behind the rule. The local host names it otherwise than Terraform does.</summary>
    public string ConsumerFunction => Names.ConsumerFunction ?? (Endpoint is null ? "data-events-event-responder" : "EventResponder");

    /// <summary>The consumer's function behind the HTTP API.</summary>
    public string ApiFunction => Names.ApiFunction ?? (Endpoint is null ? "data-events-event-responder-api" : "EventResponderApi");

    public IAmazonS3 S3 => _s3.Value;

    public Bucket Bucket => new(S3, Names.Bucket);

    public S3PayloadStore Payloads => new(S3, new S3Options(Names.Bucket, "--bucket"));

    public EventTable Table => new(Dynamo, Names.Table);

    public RecordWriter Records => new(Firehose, Names.DeliveryStream, _terminal.Time, _terminal.Random);

    /// <exception cref="UserErrorException">The data directory cannot be used.</exception>
    public static async Task<PathServices> OpenAsync(PathTarget target, Terminal terminal)
    {
        var access = target.Data is { } data ? await DataAccess.OpenAsync(data, fault => terminal.Complain(fault.ToString())) : null;
        return new PathServices(target, access, terminal);
    }

    /// <exception cref="UserErrorException">The bus has no dead-letter queue.</exception>
    public async Task<DeadLetterQueue> DeadLettersAsync(DeadLettersOf of)
    {
        try
        {
            return await DeadLetterQueue.OpenAsync(Sqs, Names.Of(of));
        }
        catch (QueueDoesNotExistException) when (of == DeadLettersOf.Bus)
        {
            throw new UserErrorException($"there is no queue {Names.BusDeadLetters}: the bus has dead letters only on AWS, with encryption.key = \"customer\" (or --bus-dlq names another queue).");
        }
    }

    /// <summary>What waits between Transformer and EventStorer.</summary>
    public async Task<QueueDepth> QueueDepthAsync(CancellationToken cancellationToken)
    {
        var url = (await Sqs.GetQueueUrlAsync(Names.Queue, cancellationToken)).QueueUrl;
        return QueueDepth.Of((await Sqs.GetQueueAttributesAsync(url, ["All"], cancellationToken)).Attributes);
    }

    public async Task<bool> HasQueueAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await Sqs.GetQueueUrlAsync(name, cancellationToken);
            return true;
        }
        catch (QueueDoesNotExistException)
        {
            return false;
        }
    }

    public async Task<string> QueueArnAsync()
    {
        var url = (await Sqs.GetQueueUrlAsync(Names.Queue)).QueueUrl;
        return (await Sqs.GetQueueAttributesAsync(url, ["QueueArn"])).QueueARN;
    }

    /// <summary>Opens the bus. Checks first that it exists, because PutEvents to a missing bus answers with success (Amazon EventBridge API Reference, "PutEvents").</summary>
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
        Dispose(_lambda);
        Dispose(_s3);
        Dispose(_cloudWatch);
        Dispose(_serviceQuotas);
        Dispose(_iam);
        await (_access?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private static TConfig Of<TConfig>(AwsSettings settings)
        where TConfig : ClientConfig, new()
    {
        var config = settings.Of<TConfig>(MaxErrorRetry);
        config.Timeout = CallTimeout;
        return config;
    }

    private AmazonS3Client S3Client(AwsSettings settings)
    {
        var config = Of<AmazonS3Config>(settings);
        config.ForcePathStyle = Endpoint is not null;
        config.RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED;
        config.ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED;
        return new AmazonS3Client(config);
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
