using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Util.Internal;
using AwsJson;

namespace Amazon.Lambda;

/// <summary>Settings of an <see cref="AmazonLambdaClient"/>; what is not set comes from the environment and the profile.</summary>
public class AmazonLambdaConfig : ClientConfig
{
    public AmazonLambdaConfig()
        : base(Defaults.Provider)
    {
        base.ServiceId = ServiceId;
        AuthenticationServiceName = RegionEndpointServiceName;
        EndpointProvider = new RegionalEndpointProvider(RegionEndpointServiceName);
    }

    /// <summary>AWS_ENDPOINT_URL_* and profiles know the service by it.</summary>
    public static new string ServiceId => "Lambda";

    public override string RegionEndpointServiceName => "lambda";

    public override string ServiceVersion => "2015-03-31";

    public override string UserAgent { get; } = InternalSDKUtils.BuildUserAgentString("Lambda", "4.1.0");

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        EndpointProvider.ResolveEndpoint(RegionalEndpointResolver.Parameters(this, parameters.AlternateEndpoint?.SystemName));
}
