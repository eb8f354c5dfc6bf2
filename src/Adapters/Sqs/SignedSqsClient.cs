using Amazon.Runtime.Internal;
using Amazon.SQS;
using Amazon.SQS.Internal;

namespace DataToEvents.Adapters.Sqs;

/// <summary>
/// The SDK's client without its comparison of MD5 digests: the signature covers the SHA-256 of each request's body, so SQS refuses one that was
/// changed on its way, and the digest would cost a third as much CPU again as that hash.
/// </summary>
public sealed class SignedSqsClient(AmazonSQSConfig config) : AmazonSQSClient(config)
{
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        pipeline.RemoveHandler<ValidationResponseHandler>();
    }
}
