using DataToEvents.Emulator.Http;
using DataToEvents.Emulator.Http.S3;
using DataToEvents.Emulator.Objects;
using DataToEvents.Emulator.Tests.Http;
using DataToEvents.Emulator.Tests.Http.Json;

namespace DataToEvents.Emulator.Tests.Server;

/// <summary>The bodies of requests, and the memory that they use.</summary>
public sealed class BodyTests : IAsyncLifetime
{
    private ScriptedEndpoint _endpoint = null!;

    public async Task InitializeAsync() => _endpoint = await ScriptedEndpoint.StartAsync(maxBufferedBytes: 200_000);

    public async Task DisposeAsync() => await _endpoint.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16_384)]
    [InlineData(16_385)]
    [InlineData(50_000)]
    [InlineData(100_000)]
    public async Task A_body_arrives_whole_whatever_its_length_and_however_it_is_sent(int length)
    {
        var body = string.Concat(Enumerable.Range(0, (length / 5) + 1).Select(number => $"{number:D5}"))[..length];

        foreach (var content in new HttpContent[] { new StringContent(body), new StreamContent(new Unannounced(body)) })
        {
            (await _endpoint.CallAsync(content)).Body.Should().Be($$"""{"operation":"Do","request":"{{body}}"}""");
        }
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused()
    {
        foreach (var content in new HttpContent[] { new StringContent(new string('x', 100_001)), new StreamContent(new Unannounced(new string('x', 100_001))) })
        {
            var answer = await _endpoint.CallAsync(content);

            answer.Refusal.Should().Be("413 RequestEntityTooLargeException: The request body is larger than this service takes.");
            answer.Headers["Content-Type"].Should().Be("application/x-amz-json-1.1");
        }
    }

    [Fact]
    public async Task A_body_that_grows_returns_its_smaller_buffers()
    {
        for (var i = 0; i < 20; i++)
        {
            (await _endpoint.CallAsync(new StreamContent(new Unannounced(new string('x', 100_000))))).Status.Should().Be(200);
        }
    }

    [Fact]
    public async Task Bodies_that_take_too_much_memory_are_told_to_slow_down_and_release_all_of_it()
    {
        await using var endpoint = await ScriptedEndpoint.StartAsync(maxBufferedBytes: 100_000);
        var (held, release) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        (string small, string middle, string large) = ("{}", new string('x', 40_000), new string('x', 60_000));
        for (var i = 0; i < 3; i++)
        {
            (await endpoint.CallAsync(large)).Status.Should().Be(200, "memory is given back after each");
        }

        endpoint.Service = async (_, _, answer, _) =>
        {
            held.SetResult();
            await release.Task;
            answer.WriteNullValue();
        };
        var first = endpoint.CallAsync(large);
        await held.Task;
        endpoint.Service = ScriptedEndpoint.Echo;

        var refused = await endpoint.CallAsync(middle);
        (await endpoint.CallAsync(small)).Status.Should().Be(200, "there is room for a small one");
        release.SetResult();

        refused.Refusal.Should().Be("503 ServiceUnavailableException: Slow down.");
        refused.Headers["Content-Type"].Should().Be("application/x-amz-json-1.1");
        (await first).Status.Should().Be(200);
        (await endpoint.CallAsync(large)).Status.Should().Be(200);
    }

    [Fact]
    public async Task An_object_that_takes_too_much_memory_is_told_to_slow_down_with_the_error_of_S3()
    {
        await using var endpoint = await EmulatorEndpoint.StartAsync(new EmulatorEndpointOptions
        {
            Objects = new S3Endpoint(new Dictionary<string, ObjectBucket> { ["bucket"] = new MemoryBucket() }),
            MaxBufferedBytes = 20_000,
            OnFault = fault => throw new InvalidOperationException("A fault at the endpoint.", fault),
        });
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{endpoint.Port}") };
        using var large = new HttpRequestMessage(HttpMethod.Put, "/bucket/a") { Content = new StringContent(new string('x', 40_000)) };
        using var small = new HttpRequestMessage(HttpMethod.Put, "/bucket/a") { Content = new StringContent("x") };

        var refused = await EndpointResponse.ToAsync(http, large);

        (refused.Status, refused.Headers["Content-Type"]).Should().Be((503, "application/xml"));
        refused.Body.Should().Contain("<Code>SlowDown</Code><Message>Please reduce your request rate.</Message>");
        (await EndpointResponse.ToAsync(http, small)).Status.Should().Be(200);
    }

    /// <summary>A body whose length is not known when it is sent.</summary>
    private sealed class Unannounced(string text) : MemoryStream(Encoding.UTF8.GetBytes(text))
    {
        public override bool CanSeek => false;
    }
}
