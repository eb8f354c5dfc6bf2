using Amazon.Runtime.Internal;
using Amazon.SQS;
using Amazon.SQS.Internal;

namespace DataToEvents.Adapters.Sqs;

/// <summary>The SDK's client without its comparison of MD5 digests: the signature covers the SHA-256 of a call, so SQS refuses one that was changed on its way.</summary>
/// <param name="settings">The SDK's.</param>
public sealed class LeanSqsClient(AmazonSQSConfig settings) : AmazonSQSClient(settings)
{
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        pipeline.RemoveHandler<ValidationResponseHandler>();
    }
}
