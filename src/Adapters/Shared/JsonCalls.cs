using System.Net;
using Amazon.Runtime;
using DataToEvents.Domain;

namespace DataToEvents.Adapters.Shared;

/// <summary>
/// Calls a service of AWS's JSON protocol with bytes and answers bytes. For the operations that every record pays for: the SDK's own client makes
/// text of each body, and copies it (docs/adr/0017).
/// </summary>
/// <param name="config">The service's, as its SDK client takes it.</param>
/// <param name="service">Its protocol.</param>
/// <param name="anyRequest">A request of the service, for the SDK's rules of endpoints.</param>
internal sealed class JsonCalls(ClientConfig config, JsonService service, AmazonWebServiceRequest anyRequest)
{
    private readonly SignedCalls _calls = new(config, service.SigningName, anyRequest);

    /// <returns>The answer's body, to be disposed of.</returns>
    /// <exception cref="AmazonServiceException">The service refused the call; <c>ErrorCode</c> says why.</exception>
    public async Task<PooledBytes> CallAsync(string operation, PooledBytes body, CancellationToken cancellationToken)
    {
        (string, string)[] headers = [("content-type", service.ContentType), ("x-amz-target", $"{service.TargetPrefix}.{operation}")];
        using var response = await _calls.SendAsync(HttpMethod.Post, _calls.Endpoint, body.Written, headers, cancellationToken);
        var answer = await ReadAsync(response.Content, cancellationToken);
        if (response.StatusCode == HttpStatusCode.OK)
        {
            return answer;
        }

        using (answer)
        {
            throw JsonErrors.Read(response, answer.Written.Span);
        }
    }

    private static async Task<PooledBytes> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var answer = new PooledBytes((int?)content.Headers.ContentLength + 1 ?? 4_096);
        try
        {
            await using var stream = await content.ReadAsStreamAsync(cancellationToken);
            while (await stream.ReadAsync(answer.GetMemory(), cancellationToken) is > 0 and var count)
            {
                answer.Advance(count);
            }

            return answer;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }
}

/// <param name="SigningName">The service's name in a signature.</param>
/// <param name="TargetPrefix">What stands before the operation in X-Amz-Target.</param>
/// <param name="ContentType">JSON 1.0 or 1.1.</param>
internal sealed record JsonService(string SigningName, string TargetPrefix, string ContentType);
