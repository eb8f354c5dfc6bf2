using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;

namespace Amazon.IdentityManagement.Internal;

/// <summary>IAM has one endpoint for all regions of a partition, and one region that its requests are signed for.</summary>
internal sealed class GlobalEndpointProvider : IEndpointProvider
{
    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        if (parameters["Endpoint"] is string { Length: > 0 } url)
        {
            return new Endpoint(url);
        }

        var region = parameters["Region"] as string ?? throw new AmazonClientException("No RegionEndpoint or ServiceURL configured");
        var partition = Fn.Partition(region);
        return partition.name switch
        {
            "aws" => Signed("https://iam.amazonaws.com", "us-east-1"),
            "aws-cn" => Signed("https://iam.cn-north-1.amazonaws.com.cn", "cn-north-1"),
            "aws-us-gov" => Signed("https://iam.us-gov.amazonaws.com", "us-gov-west-1"),
            _ => Signed($"https://iam.{region}.{partition.dnsSuffix}", region),
        };
    }

    private static Endpoint Signed(string url, string region) =>
        new(url, $$"""{"authSchemes":[{"name":"sigv4","signingName":"iam","signingRegion":"{{region}}"}]}""", "{}");
}
