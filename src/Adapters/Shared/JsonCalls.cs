using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal.Auth;
using DataToEvents.Domain;

namespace DataToEvents.Adapters.Shared;

/// <summary>
/// Calls a service of AWS's JSON protocol with bytes and answers bytes: endpoint, credentials, HTTP client and signature are the SDK's. For the
/// operations that every record pays for: the SDK's own client makes text of each body, and copies it (docs/adr/0017).
/// </summary>
internal sealed class JsonCalls
{
    private const string Signed = "content-type;host;x-amz-date;x-amz-target";
    private const string SignedWithToken = "content-type;host;x-amz-date;x-amz-security-token;x-amz-target";

    private readonly JsonService _service;
    private readonly ClientConfig _config;
    private readonly Uri _endpoint;
    private readonly string _region;
    private readonly HttpClient _http;
    private readonly AWSCredentials _credentials;

    /// <param name="config">The service's, as its SDK client takes it.</param>
    /// <param name="service">Its protocol.</param>
    /// <param name="anyRequest">A request of the service, for the SDK's rules of endpoints.</param>
    public JsonCalls(ClientConfig config, JsonService service, AmazonWebServiceRequest anyRequest)
    {
        (_config, _service) = (config, service);
        _endpoint = new Uri(config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(anyRequest)).URL);
        _region = AWS4Signer.DetermineSigningRegion(config, service.SigningName, null, null);
        _http = config.HttpClientFactory?.CreateHttpClient(config) ?? new HttpClient { Timeout = config.Timeout ?? Timeout.InfiniteTimeSpan };
        _credentials = config.DefaultAWSCredentials ?? DefaultAWSCredentialsIdentityResolver.GetCredentials(config);
    }

    /// <returns>The answer's body, to be disposed of.</returns>
    /// <exception cref="AmazonServiceException">The service refused the call; <c>ErrorCode</c> says why.</exception>
    public async Task<PooledBytes> CallAsync(string operation, PooledBytes body, CancellationToken cancellationToken)
    {
        using var request = await RequestAsync(operation, body.Written);
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
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

    private async Task<HttpRequestMessage> RequestAsync(string operation, ReadOnlyMemory<byte> body)
    {
        var credentials = await _credentials.GetCredentialsAsync();
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var date = AWS4Signer.FormatDateTime(now, "yyyyMMddTHHmmssZ");
        var target = $"{_service.TargetPrefix}.{operation}";
        var token = credentials.UseToken ? $"x-amz-security-token:{credentials.Token}\n" : "";
        var names = credentials.UseToken ? SignedWithToken : Signed;
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(body.Span));
        var canonical = $"POST\n/\n\ncontent-type:{_service.ContentType}\nhost:{_endpoint.Authority}\nx-amz-date:{date}\n{token}x-amz-target:{target}\n\n{names}\n{hash}";
        var signature = AWS4Signer.ComputeSignature(credentials.AccessKey, credentials.SecretKey, _region, now, _service.SigningName, names, canonical);

        var request = new HttpRequestMessage(HttpMethod.Post, _endpoint) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", _service.ContentType);
        var headers = request.Headers;
        headers.TryAddWithoutValidation("X-Amz-Date", date);
        headers.TryAddWithoutValidation("X-Amz-Target", target);
        headers.TryAddWithoutValidation("Authorization", signature.ForAuthorizationHeader);
        headers.TryAddWithoutValidation("User-Agent", _config.UserAgent);
        if (credentials.UseToken)
        {
            headers.TryAddWithoutValidation("X-Amz-Security-Token", credentials.Token);
        }

        return request;
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
