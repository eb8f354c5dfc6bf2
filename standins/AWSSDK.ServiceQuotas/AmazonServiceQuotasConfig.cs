using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Util.Internal;
using AwsJson;

namespace Amazon.ServiceQuotas;

/// <summary>Settings of an <see cref="AmazonServiceQuotasClient"/>; what is not set comes from the environment and the profile.</summary>
public class AmazonServiceQuotasConfig : ClientConfig
{
    public AmazonServiceQuotasConfig()
        : base(Defaults.Provider)
    {
        base.ServiceId = ServiceId;
        AuthenticationServiceName = RegionEndpointServiceName;
        EndpointProvider = new RegionalEndpointProvider(RegionEndpointServiceName);
    }

    /// <summary>AWS_ENDPOINT_URL_* and profiles know the service by it.</summary>
    public static new string ServiceId => "Service Quotas";

    public override string RegionEndpointServiceName => "servicequotas";

    public override string ServiceVersion => "2019-06-24";

    public override string UserAgent { get; } = InternalSDKUtils.BuildUserAgentString("ServiceQuotas", "4.1.0");

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        EndpointProvider.ResolveEndpoint(RegionalEndpointResolver.Parameters(this, parameters.AlternateEndpoint?.SystemName));
}
