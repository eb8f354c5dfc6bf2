using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Util.Internal;
using AwsJson;

namespace Amazon.Athena;

/// <summary>Settings of an <see cref="AmazonAthenaClient"/>; what is not set comes from the environment and the profile.</summary>
public class AmazonAthenaConfig : ClientConfig
{
    public AmazonAthenaConfig()
        : base(Defaults.Provider)
    {
        base.ServiceId = ServiceId;
        AuthenticationServiceName = RegionEndpointServiceName;
        EndpointProvider = new RegionalEndpointProvider(RegionEndpointServiceName);
    }

    /// <summary>AWS_ENDPOINT_URL_* and profiles know the service by it.</summary>
    public static new string ServiceId => "Athena";

    public override string RegionEndpointServiceName => "athena";

    public override string ServiceVersion => "2017-05-18";

    public override string UserAgent { get; } = InternalSDKUtils.BuildUserAgentString("Athena", "4.1.0");

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        EndpointProvider.ResolveEndpoint(RegionalEndpointResolver.Parameters(this, parameters.AlternateEndpoint?.SystemName));
}
