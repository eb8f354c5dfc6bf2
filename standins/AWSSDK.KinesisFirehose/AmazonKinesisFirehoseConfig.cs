using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Util.Internal;
using AwsJson;

namespace Amazon.KinesisFirehose;

/// <summary>Settings of an <see cref="AmazonKinesisFirehoseClient"/>; what is not set comes from the environment and the profile.</summary>
public class AmazonKinesisFirehoseConfig : ClientConfig
{
    public AmazonKinesisFirehoseConfig()
        : base(Defaults.Provider)
    {
        base.ServiceId = ServiceId;
        AuthenticationServiceName = RegionEndpointServiceName;
        EndpointProvider = new RegionalEndpointProvider(RegionEndpointServiceName);
    }

    /// <summary>AWS_ENDPOINT_URL_* and profiles know the service by it.</summary>
    public static new string ServiceId => "Firehose";

    public override string RegionEndpointServiceName => "firehose";

    public override string ServiceVersion => "2015-08-04";

    public override string UserAgent { get; } = InternalSDKUtils.BuildUserAgentString("KinesisFirehose", "4.1.0");

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        EndpointProvider.ResolveEndpoint(RegionalEndpointResolver.Parameters(this, parameters.AlternateEndpoint?.SystemName));
}
