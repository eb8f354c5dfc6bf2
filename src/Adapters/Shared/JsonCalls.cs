using System.Net;
using Amazon.Runtime;
using DataToEvents.Domain;

namespace DataToEvents.Adapters.Shared;

/// <summary>
/// Calls a service of AWS's JSON protocol with bytes and answers bytes: the SDK's own client makes text of each body, and copies it, and is the
/// larger part of a package (docs/adr/0017).
/// </summary>
/// <param name="config">The service's, as its SDK client takes it.</param>
/// <param name="service">Its protocol.</param>
/// <param name="anyRequest">A request of the service, for the SDK's rules of endpoints.</param>
/// <param name="pauses">Before another try; null: the caller sees to it.</param>
internal sealed class JsonCalls(ClientConfig config, JsonService service, AmazonWebServiceRequest anyRequest, Pauses? pauses = null)
{
    private readonly SignedCalls _calls = new(config, service.SigningName, anyRequest);
    private readonly Retries? _retries = pauses is null ? null : new(config, pauses);

    /// <returns>The answer's body, to be disposed of.</returns>
    /// <exception cref="RefusedCallException">The service refused the call; <c>ErrorCode</c> says why.</exception>
    public Task<PooledBytes> CallAsync(string operation, PooledBytes body, CancellationToken cancellationToken) =>
        _retries?.RunAsync(() => OnceAsync(operation, body, cancellationToken), cancellationToken) ?? OnceAsync(operation, body, cancellationToken);

    private async Task<PooledBytes> OnceAsync(string operation, PooledBytes body, CancellationToken cancellationToken)
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
