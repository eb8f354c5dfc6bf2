using System.Globalization;
using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal.Auth;

namespace DataToEvents.Adapters.Shared;

/// <summary>Sends bytes to an AWS service: endpoint, credentials and HTTP client are the SDK's, and nothing else is (docs/adr/0017).</summary>
internal sealed class SignedCalls
{
    private readonly ClientConfig _config;
    private readonly RequestSigner _signer;
    private readonly HttpClient _http;
    private readonly AWSCredentials _credentials;

    /// <param name="config">The service's, as its SDK client takes it.</param>
    /// <param name="service">Its name in a signature.</param>
    /// <param name="anyRequest">A request of the service, for the SDK's rules of endpoints.</param>
    public SignedCalls(ClientConfig config, string service, AmazonWebServiceRequest anyRequest)
    {
        _config = config;
        Endpoint = new Uri(config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(anyRequest)).URL);
        _signer = new RequestSigner(AWS4Signer.DetermineSigningRegion(config, service, null, null), service);
        _http = config.HttpClientFactory?.CreateHttpClient(config) ?? new HttpClient { Timeout = config.Timeout ?? Timeout.InfiniteTimeSpan };
        _credentials = config.DefaultAWSCredentials ?? DefaultAWSCredentialsIdentityResolver.GetCredentials(config);
    }

    public Uri Endpoint { get; }

    /// <param name="method">HTTP's.</param>
    /// <param name="url">Without a query, and of such characters only as need no escape.</param>
    /// <param name="body">GET has none.</param>
    /// <param name="headers">The operation's own, by their names in lower case; all are signed.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    /// <returns>The answer, its body still to be read.</returns>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, Uri url, ReadOnlyMemory<byte> body, IEnumerable<(string Name, string Value)> headers, CancellationToken cancellationToken)
    {
        var credentials = await _credentials.GetCredentialsAsync();
        using var request = Request(method, url, body, headers, credentials);
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private HttpRequestMessage Request(HttpMethod method, Uri url, ReadOnlyMemory<byte> body, IEnumerable<(string Name, string Value)> headers, ImmutableCredentials credentials)
    {
        const string Host = "host";
        var hash = Convert.ToHexStringLower(SHA256.HashData(body.Span));
        var date = TimeProvider.System.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        List<(string Name, string Value)> signed = [.. headers, (Host, url.Authority), ("x-amz-content-sha256", hash), ("x-amz-date", date)];
        if (credentials.UseToken)
        {
            signed.Add(("x-amz-security-token", credentials.Token));
        }

        signed.Sort(static (one, other) => string.CompareOrdinal(one.Name, other.Name));
        var request = new HttpRequestMessage(method, url) { Content = method == HttpMethod.Get ? null : new ReadOnlyMemoryContent(body) };
        request.Headers.TryAddWithoutValidation("Authorization", _signer.Sign(method, url.AbsolutePath, signed, date, hash, credentials));
        request.Headers.TryAddWithoutValidation("User-Agent", _config.UserAgent);
        foreach (var (name, value) in signed)
        {
            if (name != Host && !request.Headers.TryAddWithoutValidation(name, value))
            {
                // What tells of the body.
                request.Content!.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return request;
    }
}
