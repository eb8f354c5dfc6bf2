using DataToEvents.Emulator.Lambda;
using Microsoft.Extensions.Time.Testing;

namespace DataToEvents.Emulator.Tests.Lambda;

public sealed class RuntimeApiTests : IAsyncLifetime
{
    private static readonly Task<string> Alive = new TaskCompletionSource<string>().Task;

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch.AddDays(20_000));
    private RuntimeApi _api = null!;
    private HttpClient _runtime = null!;

    public async Task InitializeAsync()
    {
        var options = new FunctionOptions("echo") { Timeout = TimeSpan.FromSeconds(5) };
        _api = await RuntimeApi.StartAsync(options, new FunctionHost(_clock, new Random(1), new CollectedLog()));
        _runtime = new HttpClient { BaseAddress = new Uri($"http://{_api.Endpoint}/2018-06-01/runtime/") };
    }

    public async Task DisposeAsync()
    {
        _runtime.Dispose();
        await _api.DisposeAsync();
    }

    [Fact]
    public async Task A_runtime_gets_the_event_with_all_headers_and_its_response_is_the_answer()
    {
        var invocation = InvokeAsync("""{"a":1.0}""");

        using var next = await _runtime.GetAsync("invocation/next");
        using var posted = await PostAsync($"invocation/{RequestId(next)}/response", """{"b":2.0}""");

        (await next.Content.ReadAsStringAsync()).Should().Be("""{"a":1.0}""");
        Header(next, "Lambda-Runtime-Deadline-Ms").Should().Be(_clock.GetUtcNow().AddSeconds(5).ToUnixTimeMilliseconds().ToString());
        Header(next, "Lambda-Runtime-Invoked-Function-Arn").Should().Be("arn:aws:lambda:us-east-1:000000000000:function:echo");
        Header(next, "Lambda-Runtime-Trace-Id").Should().StartWith("Root=1-");
        posted.StatusCode.Should().Be(HttpStatusCode.Accepted);
        Encoding.UTF8.GetString((await invocation).Payload.Span).Should().Be("""{"b":2.0}""");
    }

    [Fact]
    public async Task No_event_is_given_to_a_request_that_names_another_host()
    {
        var invocation = InvokeAsync("1");
        using var foreign = new HttpRequestMessage(HttpMethod.Get, "invocation/next");
        foreign.Headers.Host = "evil.example";
        using var refused = await _runtime.SendAsync(foreign);

        ((int)refused.StatusCode).Should().Be(421);
        using var next = await _runtime.GetAsync("invocation/next");
        using var posted = await PostAsync($"invocation/{RequestId(next)}/response", "2");
        (await invocation).Error.Should().BeNull();
    }

    [Fact]
    public async Task A_runtime_waits_for_the_next_invocation()
    {
        var next = _runtime.GetAsync("invocation/next");
        (await _api.Initialised).Should().BeNull();

        var invocation = InvokeAsync("1");
        using var response = await next;
        using var posted = await PostAsync($"invocation/{RequestId(response)}/response", "2");

        (await invocation).Error.Should().BeNull();
    }

    [Fact]
    public async Task An_error_is_answered_with_its_type_and_message()
    {
        var invocation = InvokeAsync("1");
        using var next = await _runtime.GetAsync("invocation/next");

        using var posted = await PostAsync(
            $"invocation/{RequestId(next)}/error", """{"errorType":"E","errorMessage":"went \"wrong\"","stackTrace":["at x"],"cause":{"errorType":"Inner"}}""");

        posted.StatusCode.Should().Be(HttpStatusCode.Accepted);
        (await invocation).Error.Should().Be(new FunctionError("E", "went \"wrong\""));
    }

    [Fact]
    public async Task An_error_that_is_not_JSON_ends_the_invocation()
    {
        var invocation = InvokeAsync("1");
        using var next = await _runtime.GetAsync("invocation/next");

        using var posted = await PostAsync($"invocation/{RequestId(next)}/error", "out of memory");

        (await invocation).Error.Should().Be(new FunctionError("Unhandled", "out of memory"));
    }

    /// <summary>Amazon's runtime client sends this header with an error; the stand-in does not.</summary>
    [Theory]
    [InlineData(16_000)]
    [InlineData(40_000)]
    [InlineData(1024 * 1024)]
    public async Task An_error_with_long_causes_in_its_header_arrives(int length)
    {
        var invocation = InvokeAsync("1");
        using var next = await _runtime.GetAsync("invocation/next");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"invocation/{RequestId(next)}/error") { Content = new StringContent("""{"errorType":"Config","errorMessage":"no bus"}""") };
        request.Headers.TryAddWithoutValidation("Lambda-Runtime-Function-XRay-Error-Cause", new string('x', length)).Should().BeTrue();

        using var posted = await _runtime.SendAsync(request);

        posted.StatusCode.Should().Be(HttpStatusCode.Accepted);
        (await invocation).Error.Should().Be(new FunctionError("Config", "no bus"));
    }

    [Fact]
    public async Task Reports_in_the_wrong_state_are_refused()
    {
        using var early = await PostAsync("invocation/1234/response", "{}");
        var invocation = InvokeAsync("1");
        using var next = await _runtime.GetAsync("invocation/next");
        using var wrong = await PostAsync("invocation/1234/response", "{}");
        using var impatient = await _runtime.GetAsync("invocation/next");
        using var right = await PostAsync($"invocation/{RequestId(next)}/response", "{}");
        using var again = await PostAsync($"invocation/{RequestId(next)}/response", "{}");
        using var unknown = await _runtime.GetAsync("invocation/other");
        using var nameless = await PostAsync("invocation/response", "{}");
        using var elsewhere = await PostAsync("other/1234/response", "{}");

        early.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        wrong.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await wrong.Content.ReadAsStringAsync()).Should().Be("""{"errorMessage":"Invalid request ID","errorType":"InvalidRequestID"}""");
        impatient.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        right.StatusCode.Should().Be(HttpStatusCode.Accepted);
        again.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        new[] { unknown, nameless, elsewhere }.Should().OnlyContain(response => response.StatusCode == HttpStatusCode.NotFound);
        (await invocation).Error.Should().BeNull();
    }

    [Fact]
    public async Task A_response_over_the_limit_fails_the_invocation()
    {
        var invocation = InvokeAsync("1");
        using var next = await _runtime.GetAsync("invocation/next");

        using var posted = await PostAsync($"invocation/{RequestId(next)}/response", new string('1', (6 * 1024 * 1024) + 1));

        posted.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        (await invocation).Error!.Type.Should().Be("Function.ResponseSizeTooLarge");
    }

    [Fact]
    public async Task Events_and_responses_of_6_MB_are_passed_with_their_trace()
    {
        var largest = new byte[6 * 1024 * 1024];
        Array.Fill(largest, (byte)'1');
        var invocation = _api.InvokeAsync(largest, "Root=1-5-6", Alive, CancellationToken.None);
        using var next = await _runtime.GetAsync("invocation/next");

        using var content = new ByteArrayContent(await next.Content.ReadAsByteArrayAsync());
        using var posted = await _runtime.PostAsync($"invocation/{RequestId(next)}/response", content);

        Header(next, "Lambda-Runtime-Trace-Id").Should().Be("Root=1-5-6");
        (await invocation).Payload.Span.SequenceEqual(largest).Should().BeTrue();
    }

    [Fact]
    public async Task An_event_over_the_limit_never_reaches_the_runtime()
    {
        var answer = await _api.InvokeAsync(new byte[(6 * 1024 * 1024) + 1], null, Alive, CancellationToken.None);

        answer.Error!.Type.Should().Be("RequestTooLargeException");
    }

    [Fact]
    public async Task The_timeout_ends_the_invocation_and_a_late_response_is_refused()
    {
        var invocation = InvokeAsync("1");
        using var next = await _runtime.GetAsync("invocation/next");

        _clock.Advance(TimeSpan.FromSeconds(5));
        var answer = await invocation;
        using var late = await PostAsync($"invocation/{RequestId(next)}/response", "{}");

        answer.Error!.Type.Should().Be("Sandbox.Timedout");
        answer.Error.Message.Should().Be($"RequestId: {RequestId(next)} Error: Task timed out after 5.00 seconds");
        late.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task The_end_of_the_runtime_ends_the_invocation()
    {
        var ended = new TaskCompletionSource<string>();
        var invocation = _api.InvokeAsync("1"u8.ToArray(), null, ended.Task, CancellationToken.None);
        using var next = await _runtime.GetAsync("invocation/next");

        ended.SetResult("with error: exit status 3");

        (await invocation).Error.Should().Be(new FunctionError("Runtime.ExitError", $"RequestId: {RequestId(next)} Error: Runtime exited with error: exit status 3"));
    }

    [Fact]
    public async Task An_error_at_the_start_is_accepted_once_and_before_the_first_invocation()
    {
        using var first = await PostAsync("init/error", """{"errorType":"Config","errorMessage":"no bus"}""");
        using var second = await PostAsync("init/error", "{}");

        first.StatusCode.Should().Be(HttpStatusCode.Accepted);
        second.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await _api.Initialised).Should().Be(new FunctionError("Config", "no bus"));
    }

    private Task<InvocationResult> InvokeAsync(string json) => _api.InvokeAsync(Encoding.UTF8.GetBytes(json), null, Alive, CancellationToken.None);

    private async Task<HttpResponseMessage> PostAsync(string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        return await _runtime.PostAsync(path, content);
    }

    private static string RequestId(HttpResponseMessage next) => Header(next, "Lambda-Runtime-Aws-Request-Id");

    private static string Header(HttpResponseMessage response, string name) => response.Headers.GetValues(name).Single();
}
