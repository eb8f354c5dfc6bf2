using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace AwsJson;

/// <summary>What the operations of one service share: the JSON protocol, told apart by the header X-Amz-Target. Name is the one that the SDK logs.</summary>
internal sealed record JsonService(string Name, string TargetPrefix, string ApiVersion, Func<ErrorResponse, AmazonServiceException> ToException)
{
    public string ContentType { get; init; } = "application/x-amz-json-1.1";
}
