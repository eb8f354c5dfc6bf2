using Amazon.ServiceQuotas.Model;
using Amazon.Runtime;

namespace Amazon.ServiceQuotas;

/// <summary>Service Quotas. Methods throw <see cref="AmazonServiceQuotasException"/> for an error of the service, after the SDK's retries.</summary>
public interface IAmazonServiceQuotas : IAmazonService, IDisposable
{
    Task<GetServiceQuotaResponse> GetServiceQuotaAsync(GetServiceQuotaRequest request, CancellationToken cancellationToken = default);

    Task<GetAWSDefaultServiceQuotaResponse> GetAWSDefaultServiceQuotaAsync(GetAWSDefaultServiceQuotaRequest request, CancellationToken cancellationToken = default);

    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonServiceQuotasConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        new AmazonServiceQuotasClient(awsCredentials, (AmazonServiceQuotasConfig)clientConfig);
}
