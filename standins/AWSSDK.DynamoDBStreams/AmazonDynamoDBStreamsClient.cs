using Amazon.DynamoDBStreams.Internal;
using Amazon.DynamoDBStreams.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using AwsJson;

namespace Amazon.DynamoDBStreams;

/// <inheritdoc cref="IAmazonDynamoDBStreams" />
public class AmazonDynamoDBStreamsClient : AmazonServiceClient, IAmazonDynamoDBStreams
{
    /// <summary>Credentials and region come from the environment, the profile or the instance.</summary>
    public AmazonDynamoDBStreamsClient()
        : base(new AmazonDynamoDBStreamsConfig())
    {
    }

    public AmazonDynamoDBStreamsClient(RegionEndpoint region)
        : base(new AmazonDynamoDBStreamsConfig { RegionEndpoint = region })
    {
    }

    public AmazonDynamoDBStreamsClient(AmazonDynamoDBStreamsConfig config)
        : base(config)
    {
    }

    public AmazonDynamoDBStreamsClient(AWSCredentials credentials)
        : this(credentials, new AmazonDynamoDBStreamsConfig())
    {
    }

    public AmazonDynamoDBStreamsClient(AWSCredentials credentials, RegionEndpoint region)
        : this(credentials, new AmazonDynamoDBStreamsConfig { RegionEndpoint = region })
    {
    }

    public AmazonDynamoDBStreamsClient(AWSCredentials credentials, AmazonDynamoDBStreamsConfig clientConfig)
        : base(credentials, clientConfig)
    {
    }

    protected override IServiceMetadata ServiceMetadata { get; } = new StreamsMetadata();

    public virtual Task<DescribeStreamResponse> DescribeStreamAsync(DescribeStreamRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DescribeStreamResponse>(request, Operations.DescribeStream.Options, cancellationToken);

    public virtual Task<GetShardIteratorResponse> GetShardIteratorAsync(GetShardIteratorRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<GetShardIteratorResponse>(request, Operations.GetShardIterator.Options, cancellationToken);

    public virtual Task<GetRecordsResponse> GetRecordsAsync(GetRecordsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<GetRecordsResponse>(request, Operations.GetRecords.Options, cancellationToken);

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        pipeline.AddHandlerAfter<Marshaller>(new RegionalEndpointResolver());
        pipeline.AddHandlerAfter<Marshaller>(new SigV4Handler());
    }

    private sealed class StreamsMetadata : IServiceMetadata
    {
        public string ServiceId => AmazonDynamoDBStreamsConfig.ServiceId;

        public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>();
    }
}
