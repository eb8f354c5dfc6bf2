using Amazon.Runtime;

namespace DataToEvents.Functions.Shared;

/// <summary>One HTTP client for all AWS clients of a function, without what no call to AWS needs: redirects, cookies, activities.</summary>
internal sealed class AwsHttp : HttpClientFactory
{
    private static readonly AwsHttp Shared = new();

    private static readonly InvocationTrace Handler = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
    });

    private AwsHttp()
    {
    }

    public static TConfig Use<TConfig>(TConfig config)
        where TConfig : ClientConfig
    {
        (config.HttpClientFactory, config.DisableLogging) = (Shared, true);
        return config;
    }

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) =>
        new(Handler, disposeHandler: false) { Timeout = clientConfig.Timeout ?? Timeout.InfiniteTimeSpan };

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => true;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    public override string GetConfigUniqueString(IClientConfig clientConfig) => $"{clientConfig.Timeout}";

    /// <summary>Each call carries its invocation's trace, as the SDK's clients see to in a function: Lambda breaks endless loops by it.</summary>
    private sealed class InvocationTrace(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private const string Header = "X-Amzn-Trace-Id";

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!request.Headers.Contains(Header) && Setting.Optional("_X_AMZN_TRACE_ID") is { } trace)
            {
                request.Headers.TryAddWithoutValidation(Header, trace);
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}
