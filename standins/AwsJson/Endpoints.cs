using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;
using Amazon.Util;

namespace AwsJson;

/// <summary>Signs every operation with SigV4.</summary>
internal sealed class SigV4Handler : BaseAuthResolverHandler
{
    protected override List<IAuthSchemeOption> ResolveAuthOptions(IExecutionContext executionContext) => AuthSchemeOption.DEFAULT_SIGV4;
}

/// <summary>Hands the client's settings to its endpoint provider.</summary>
internal sealed class RegionalEndpointResolver : BaseEndpointResolver
{
    public static EndpointParameters Parameters(IClientConfig config, string alternateRegion)
    {
        // Behind a custom URL the region is what that URL or the signature's settings say.
        var region = alternateRegion ?? config.RegionEndpoint?.SystemName;
        if (region is null && !string.IsNullOrEmpty(config.ServiceURL))
        {
            region = string.IsNullOrEmpty(config.AuthenticationRegion) ? AWSSDKUtils.DetermineRegion(config.ServiceURL) : config.AuthenticationRegion;
        }

        return new EndpointParameters
        {
            ["Region"] = region,
            ["UseDualStack"] = config.UseDualstackEndpoint,
            ["UseFIPS"] = config.UseFIPSEndpoint,
            ["Endpoint"] = config.ServiceURL,
        };
    }

    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext) =>
        Parameters(requestContext.ClientConfig, requestContext.Request.AlternateEndpoint?.SystemName);
}

/// <summary>ServiceURL or AWS_ENDPOINT_URL if set, else https://{service}.{region}.{suffix of the region's partition}.</summary>
internal sealed class RegionalEndpointProvider(string service) : IEndpointProvider
{
    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        if (parameters["Endpoint"] is string { Length: > 0 } url)
        {
            return new Endpoint(url);
        }

        var region = parameters["Region"] as string ?? throw new AmazonClientException("No RegionEndpoint or ServiceURL configured");
        var partition = Fn.Partition(region);
        var useDualStack = parameters["UseDualStack"] is true;
        var fips = parameters["UseFIPS"] is true ? "-fips" : "";
        return new Endpoint($"https://{service}{fips}.{region}.{(useDualStack ? partition.dualStackDnsSuffix : partition.dnsSuffix)}");
    }
}
