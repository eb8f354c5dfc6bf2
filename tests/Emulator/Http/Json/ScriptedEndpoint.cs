using DataToEvents.Emulator.Http;
using DataToEvents.Emulator.Http.Json;

namespace DataToEvents.Emulator.Tests.Http.Json;

/// <summary>An endpoint with a service that a test scripts. At first the service returns the request.</summary>
internal sealed class ScriptedEndpoint : IJsonService, IAsyncDisposable
{
    public const int MaxBodyBytes = 100_000;

    private EmulatorEndpoint _endpoint = null!;
    private HttpClient _http = null!;

    public Func<string, Memory<byte>, Utf8JsonWriter, CancellationToken, Task> Service { get; set; } = Echo;

    public List<Exception> Faults { get; } = [];

    string IJsonService.TargetPrefix => "Service_1";

    string IJsonService.ContentType => "application/x-amz-json-1.1";

    int IJsonService.MaxBodyBytes => MaxBodyBytes;

    IReadOnlyDictionary<string, RequestShape> IJsonService.Operations { get; } = new Dictionary<string, RequestShape> { ["Do"] = new(), ["Do.It"] = new() };

    public static async Task<ScriptedEndpoint> StartAsync(long maxBufferedBytes = 1_000_000)
    {
        var scripted = new ScriptedEndpoint();
        scripted._endpoint = await EmulatorEndpoint.StartAsync(new EmulatorEndpointOptions { Services = [scripted], MaxBufferedBytes = maxBufferedBytes, OnFault = scripted.Faults.Add });
        scripted._http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{scripted._endpoint.Port}") };
        return scripted;
    }

    public static Task Echo(string operation, Memory<byte> request, Utf8JsonWriter answer, CancellationToken cancellationToken)
    {
        answer.WriteStartObject();
        answer.WriteString("operation", operation);
        answer.WriteString("request", request.Span);
        answer.WriteEndObject();
        return Task.CompletedTask;
    }

    public Task<EndpointResponse> CallAsync(string body, string target = "Service_1.Do") => EndpointResponse.ToAsync(_http, target, body);

    public async Task<EndpointResponse> CallAsync(HttpContent content, string? contentType = "application/x-amz-json-1.0", string target = "Service_1.Do", CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = content };
        request.Headers.Add("X-Amz-Target", target);
        content.Headers.ContentType = contentType is null ? null : new(contentType);
        return await EndpointResponse.ToAsync(_http, request, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _endpoint.DisposeAsync();
    }

    Task IJsonService.AnswerAsync(string operation, Memory<byte> request, Utf8JsonWriter answer, CancellationToken cancellationToken) =>
        Service(operation, request, answer, cancellationToken);
}
