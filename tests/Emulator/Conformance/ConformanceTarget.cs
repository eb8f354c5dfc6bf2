using DataToEvents.Emulator.Objects;

namespace DataToEvents.Emulator.Tests.Conformance;

/// <summary>
/// What the recorded cases are asked of: an emulator of its own, or what the environment names. <c>CONFORMANCE_ENDPOINT</c> is the URL of an emulator, or <c>aws</c>. Credentials, region and the bucket of
/// the cases of S3 are in <c>AWS_ACCESS_KEY_ID</c>, <c>AWS_SECRET_ACCESS_KEY</c>, <c>AWS_SESSION_TOKEN</c>, <c>AWS_REGION</c> and <c>CONFORMANCE_BUCKET</c>.
/// </summary>
public sealed class ConformanceTarget : IAsyncLifetime
{
    private readonly Dictionary<string, HttpClient> _clients = [];
    private AwsEmulator? _emulator;
    private string _endpoint = "";

    /// <summary>In front of the names of all that the cases make.</summary>
    public string Prefix { get; } = $"conformance-{Guid.NewGuid():N}"[..24];

    public string Bucket { get; } = Of("CONFORMANCE_BUCKET", "conformance");

    public string Region { get; } = Of("AWS_REGION", "us-east-1");

    public async Task InitializeAsync()
    {
        _endpoint = Of("CONFORMANCE_ENDPOINT", "");
        if (_endpoint.Length == 0)
        {
            _emulator = await AwsEmulator.StartAsync(new AwsEmulatorOptions
            {
                AddResources = account =>
                {
                    account.AddBucket(Bucket, new MemoryBucket());
                    return Task.CompletedTask;
                },
            });
            _endpoint = _emulator.Url;
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }

        if (_emulator is not null)
        {
            await _emulator.DisposeAsync();
        }
    }

    /// <param name="service">Such as <c>sqs</c>.</param>
    internal HttpClient Client(string service)
    {
        if (!_clients.TryGetValue(service, out var client))
        {
            var key = new AccessKey(Of("AWS_ACCESS_KEY_ID", "conformance"), Of("AWS_SECRET_ACCESS_KEY", "conformance"), Of("AWS_SESSION_TOKEN", "") is { Length: > 0 } token ? token : null);
            client = new HttpClient(new SignedHandler(service, Region, key, TimeProvider.System) { InnerHandler = new SocketsHttpHandler() })
            {
                BaseAddress = new Uri(_endpoint == "aws" ? $"https://{service}.{Region}.amazonaws.com/" : _endpoint),
            };
            _clients.Add(service, client);
        }

        return client;
    }

    private static string Of(string variable, string otherwise) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : otherwise;
}
