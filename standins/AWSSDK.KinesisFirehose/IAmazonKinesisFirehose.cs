using Amazon.KinesisFirehose.Model;
using Amazon.Runtime;

namespace Amazon.KinesisFirehose;

/// <summary>Amazon Data Firehose. Methods throw <see cref="AmazonKinesisFirehoseException"/> for an error of the service, after the SDK's retries.</summary>
public interface IAmazonKinesisFirehose : IAmazonService, IDisposable
{
    Task<PutRecordResponse> PutRecordAsync(PutRecordRequest request, CancellationToken cancellationToken = default);

    Task<PutRecordBatchResponse> PutRecordBatchAsync(PutRecordBatchRequest request, CancellationToken cancellationToken = default);

    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonKinesisFirehoseConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        new AmazonKinesisFirehoseClient(awsCredentials, (AmazonKinesisFirehoseConfig)clientConfig);
}
