using System.Net;
using Amazon.Runtime;

namespace DataToEvents.Adapters.Shared;

/// <summary>Tries a call again that failed in passing, as often as the SDK's configuration says and for the reasons for which the SDK's clients do.</summary>
internal sealed class Retries(ClientConfig config, Pauses pauses)
{
    public async Task<T> RunAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (Exception fault) when (attempt <= config.MaxErrorRetry && MayPass(fault) && !cancellationToken.IsCancellationRequested)
            {
                await pauses.AfterAsync(attempt, cancellationToken);
            }
        }
    }

    /// <summary>The service failed or wants fewer calls, the connection broke, or the call took too long.</summary>
    private static bool MayPass(Exception fault) => fault
        is AmazonServiceException { StatusCode: >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout }
        or AmazonServiceException { ErrorCode: "ProvisionedThroughputExceededException" or "ThrottlingException" or "RequestLimitExceeded" or "TransactionInProgressException" }
        or HttpRequestException or IOException or OperationCanceledException;
}
