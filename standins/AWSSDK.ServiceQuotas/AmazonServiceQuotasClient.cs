using Amazon.ServiceQuotas.Internal;
using Amazon.ServiceQuotas.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using AwsJson;

namespace Amazon.ServiceQuotas;

/// <inheritdoc cref="IAmazonServiceQuotas" />
public class AmazonServiceQuotasClient : AmazonServiceClient, IAmazonServiceQuotas
{
    /// <summary>Credentials and region come from the environment, the profile or the instance.</summary>
    public AmazonServiceQuotasClient()
        : base(new AmazonServiceQuotasConfig())
    {
    }

    public AmazonServiceQuotasClient(RegionEndpoint region)
        : base(new AmazonServiceQuotasConfig { RegionEndpoint = region })
    {
    }

    public AmazonServiceQuotasClient(AmazonServiceQuotasConfig config)
        : base(config)
    {
    }

    public AmazonServiceQuotasClient(AWSCredentials credentials)
        : this(credentials, new AmazonServiceQuotasConfig())
    {
    }

    public AmazonServiceQuotasClient(AWSCredentials credentials, RegionEndpoint region)
        : this(credentials, new AmazonServiceQuotasConfig { RegionEndpoint = region })
    {
    }

    public AmazonServiceQuotasClient(AWSCredentials credentials, AmazonServiceQuotasConfig clientConfig)
        : base(credentials, clientConfig)
    {
    }

    protected override IServiceMetadata ServiceMetadata { get; } = new ServiceQuotasMetadata();

    public virtual Task<GetServiceQuotaResponse> GetServiceQuotaAsync(GetServiceQuotaRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<GetServiceQuotaResponse>(request, Operations.GetServiceQuota.Options, cancellationToken);

    public virtual Task<GetAWSDefaultServiceQuotaResponse> GetAWSDefaultServiceQuotaAsync(GetAWSDefaultServiceQuotaRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<GetAWSDefaultServiceQuotaResponse>(request, Operations.GetAWSDefaultServiceQuota.Options, cancellationToken);

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        pipeline.AddHandlerAfter<Marshaller>(new RegionalEndpointResolver());
        pipeline.AddHandlerAfter<Marshaller>(new SigV4Handler());
    }

    private sealed class ServiceQuotasMetadata : IServiceMetadata
    {
        public string ServiceId => AmazonServiceQuotasConfig.ServiceId;

        public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>();
    }
}
