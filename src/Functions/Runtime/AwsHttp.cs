using Amazon.Runtime;

namespace DataToEvents.Functions.Runtime;

/// <summary>One HTTP client for all AWS clients of a function, without what no call to AWS needs: redirects, cookies, activities.</summary>
public sealed class AwsHttp : HttpClientFactory
{
    private static readonly AwsHttp Instance = new();

    private static readonly SocketsHttpHandler Handler = new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
    };

    private AwsHttp()
    {
    }

    public static TConfig Use<TConfig>(TConfig config)
        where TConfig : ClientConfig
    {
        (config.HttpClientFactory, config.DisableLogging) = (Instance, true);

        // With AWS_ENDPOINT_URL set, the SDK would guess the region from the endpoint's name, and sign for us-east-1 where the name holds none.
        config.AuthenticationRegion = Setting.Optional("AWS_REGION");
        return config;
    }

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) =>
        new(Handler, disposeHandler: false) { Timeout = clientConfig.Timeout ?? Timeout.InfiniteTimeSpan };

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => true;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    public override string GetConfigUniqueString(IClientConfig clientConfig) => $"{clientConfig.Timeout}";
}
