using Amazon.IdentityManagement.Internal;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Util.Internal;
using AwsJson;

namespace Amazon.IdentityManagement;

/// <summary>Settings of an <see cref="AmazonIdentityManagementServiceClient"/>; what is not set comes from the environment and the profile.</summary>
public class AmazonIdentityManagementServiceConfig : ClientConfig
{
    public AmazonIdentityManagementServiceConfig()
        : base(Defaults.Provider)
    {
        base.ServiceId = ServiceId;
        AuthenticationServiceName = RegionEndpointServiceName;
        EndpointProvider = new GlobalEndpointProvider();
    }

    /// <summary>AWS_ENDPOINT_URL_* and profiles know the service by it.</summary>
    public static new string ServiceId => "IAM";

    public override string RegionEndpointServiceName => "iam";

    public override string ServiceVersion => "2010-05-08";

    public override string UserAgent { get; } = InternalSDKUtils.BuildUserAgentString("IdentityManagement", "4.1.0");

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        EndpointProvider.ResolveEndpoint(RegionalEndpointResolver.Parameters(this, parameters.AlternateEndpoint?.SystemName));
}
