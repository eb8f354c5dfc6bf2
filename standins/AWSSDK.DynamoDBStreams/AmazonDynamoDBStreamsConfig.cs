using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Util.Internal;
using AwsJson;

namespace Amazon.DynamoDBStreams;

/// <summary>Settings of an <see cref="AmazonDynamoDBStreamsClient"/>; what is not set comes from the environment and the profile.</summary>
public class AmazonDynamoDBStreamsConfig : ClientConfig
{
    public AmazonDynamoDBStreamsConfig()
        : base(Defaults.Provider)
    {
        base.ServiceId = ServiceId;
        AuthenticationServiceName = "dynamodb";
        EndpointProvider = new RegionalEndpointProvider(RegionEndpointServiceName);
    }

    /// <summary>AWS_ENDPOINT_URL_* and profiles know the service by it.</summary>
    public static new string ServiceId => "DynamoDB Streams";

    public override string RegionEndpointServiceName => "streams.dynamodb";

    public override string ServiceVersion => "2012-08-10";

    public override string UserAgent { get; } = InternalSDKUtils.BuildUserAgentString("DynamoDB Streams", "4.1.0");

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        EndpointProvider.ResolveEndpoint(RegionalEndpointResolver.Parameters(this, parameters.AlternateEndpoint?.SystemName));
}
