using Amazon.KinesisFirehose.Internal;
using Amazon.KinesisFirehose.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using AwsJson;

namespace Amazon.KinesisFirehose;

/// <inheritdoc cref="IAmazonKinesisFirehose" />
public class AmazonKinesisFirehoseClient : AmazonServiceClient, IAmazonKinesisFirehose
{
    /// <summary>Credentials and region come from the environment, the profile or the instance.</summary>
    public AmazonKinesisFirehoseClient()
        : base(new AmazonKinesisFirehoseConfig())
    {
    }

    public AmazonKinesisFirehoseClient(RegionEndpoint region)
        : base(new AmazonKinesisFirehoseConfig { RegionEndpoint = region })
    {
    }

    public AmazonKinesisFirehoseClient(AmazonKinesisFirehoseConfig config)
        : base(config)
    {
    }

    public AmazonKinesisFirehoseClient(AWSCredentials credentials)
        : this(credentials, new AmazonKinesisFirehoseConfig())
    {
    }

    public AmazonKinesisFirehoseClient(AWSCredentials credentials, RegionEndpoint region)
        : this(credentials, new AmazonKinesisFirehoseConfig { RegionEndpoint = region })
    {
    }

    public AmazonKinesisFirehoseClient(AWSCredentials credentials, AmazonKinesisFirehoseConfig clientConfig)
        : base(credentials, clientConfig)
    {
    }

    protected override IServiceMetadata ServiceMetadata { get; } = new KinesisFirehoseMetadata();

    public virtual Task<PutRecordResponse> PutRecordAsync(PutRecordRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<PutRecordResponse>(request, Operations.PutRecord.Options, cancellationToken);

    public virtual Task<PutRecordBatchResponse> PutRecordBatchAsync(PutRecordBatchRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<PutRecordBatchResponse>(request, Operations.PutRecordBatch.Options, cancellationToken);

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        pipeline.AddHandlerAfter<Marshaller>(new RegionalEndpointResolver());
        pipeline.AddHandlerAfter<Marshaller>(new SigV4Handler());
    }

    private sealed class KinesisFirehoseMetadata : IServiceMetadata
    {
        public string ServiceId => AmazonKinesisFirehoseConfig.ServiceId;

        public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>();
    }
}
