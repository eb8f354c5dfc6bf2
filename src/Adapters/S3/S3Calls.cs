using Amazon.Runtime;
using Amazon.S3;
using DataToEvents.Adapters.Shared;

namespace DataToEvents.Adapters.S3;

/// <summary>Calls for the objects of one bucket, tried again as the SDK's client does. That client would be a seventh of a function's package (docs/adr/0017).</summary>
/// <param name="config">The SDK's, with its region, endpoint, credentials and HTTP client.</param>
/// <param name="anyRequest">A request for the bucket, for the SDK's rules of endpoints.</param>
/// <param name="pauses">Before another try.</param>
internal sealed class S3Calls(AmazonS3Config config, AmazonWebServiceRequest anyRequest, Pauses pauses)
{
    private readonly SignedCalls _calls = new(config, "s3", anyRequest);
    private readonly Retries _retries = new(config, pauses);

    /// <param name="method">HTTP's.</param>
    /// <param name="key">Of such characters only as need no escape in a URL.</param>
    /// <param name="content">GET has none.</param>
    /// <param name="headers">By their names in lower case.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    /// <returns>The answer, its body still to be read.</returns>
    /// <exception cref="AmazonS3Exception">S3 refused the call; <c>ErrorCode</c> says why.</exception>
    public Task<HttpResponseMessage> CallAsync(
        HttpMethod method, string key, ReadOnlyMemory<byte> content, IEnumerable<(string Name, string Value)> headers, CancellationToken cancellationToken)
    {
        var url = new Uri($"{_calls.Endpoint.AbsoluteUri.TrimEnd('/')}/{key}");
        return _retries.RunAsync(() => OnceAsync(method, url, content, headers, cancellationToken), cancellationToken);
    }

    private async Task<HttpResponseMessage> OnceAsync(
        HttpMethod method, Uri url, ReadOnlyMemory<byte> content, IEnumerable<(string Name, string Value)> headers, CancellationToken cancellationToken)
    {
        var response = await _calls.SendAsync(method, url, content, headers, cancellationToken);
        return response.IsSuccessStatusCode ? response : throw await S3Errors.ReadAsync(response, cancellationToken);
    }
}
