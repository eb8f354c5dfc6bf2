using DataToEvents.Emulator.Http;
using DataToEvents.Emulator.Http.HttpApi;
using Microsoft.Extensions.Time.Testing;

namespace DataToEvents.Emulator.Tests.Http.HttpApi;

/// <summary>An HTTP API: the whole event that a function gets, and the whole response that its output becomes.</summary>
public sealed class HttpApiEventTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 4, 7, 5, 9, TimeSpan.Zero));
    private readonly FakeFunction _function;
    private Task<InvocationResult> _answer = Task.FromResult(InvocationResult.Success("{}"u8.ToArray()));
    private EmulatorEndpoint _endpoint = null!;
    private HttpClient _http = null!;

    public HttpApiEventTests() => _function = new FakeFunction(_ => _answer);

    public async Task InitializeAsync()
    {
        string[] routes = ["$default", "ANY /any", "POST /any", "GET /files/{path+}", "GET /files/{name}", "GET /{kind}/{id}/end", "PUT /{proxy+}", "ANY /deep/{proxy+}"];
        _endpoint = await EmulatorEndpoint.StartAsync(new EmulatorEndpointOptions
        {
            Api = new HttpApiEndpoint(_function, new HttpApiOptions { Routes = [.. routes.Select(route => new HttpRoute(route))], Account = "123456789012", ApiId = "api-1" }, _clock),
            OnFault = fault => throw new InvalidOperationException("A fault at the endpoint.", fault),
        });
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_endpoint.Port}") };
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _endpoint.DisposeAsync();
    }

    [Fact]
    public async Task A_request_becomes_the_event_that_API_Gateway_makes_of_it()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/files/Stra%C3%9Fe%2F7?a=1&a=2&b=%20y");
        request.Headers.TryAddWithoutValidation("Host", "api.localhost:8080");
        request.Headers.TryAddWithoutValidation("User-Agent", "tests/1");
        request.Headers.TryAddWithoutValidation("X-Custom", ["1", "2"]);
        request.Headers.TryAddWithoutValidation("Cookie", "one=1;; two=2;");
        await EndpointResponse.ToAsync(_http, request);

        var seen = _function.Events.Single();
        seen["requestContext"]!["requestId"]!.GetValue<string>().Should().NotBeEmpty();
        seen["requestContext"]!["requestId"] = "(id)";
        EndpointResponse.Compact(seen.ToJsonString()).Should().Be(EndpointResponse.Compact("""
            {
                "version":"2.0","routeKey":"GET /files/{name}","rawPath":"/files/Stra%C3%9Fe%2F7","rawQueryString":"a=1&a=2&b=%20y","cookies":["one=1","two=2"],
                "headers":{"host":"api.localhost:8080","user-agent":"tests/1","x-custom":"1, 2"},
                "queryStringParameters":{"a":"1,2","b":" y"},
                "requestContext":{
                    "accountId":"123456789012","apiId":"api-1","domainName":"api.localhost:8080","domainPrefix":"api",
                    "http":{"method":"GET","path":"/files/Stra%C3%9Fe%2F7","protocol":"HTTP/1.1","sourceIp":"127.0.0.1","userAgent":"tests/1"},
                    "requestId":"(id)","routeKey":"GET /files/{name}","stage":"$default","time":"04/Nov/2026:07:05:09 +0000","timeEpoch":1793775909000},
                "pathParameters":{"name":"Straße/7"},
                "isBase64Encoded":false
            }
            """));
    }

    [Fact]
    public async Task The_event_leaves_out_what_the_request_does_not_have()
    {
        await AskAsync("GET", "/api");

        _function.Events.Single().AsObject().Select(member => member.Key).Should().Equal("version", "routeKey", "rawPath", "rawQueryString", "headers", "requestContext", "isBase64Encoded");
        ((string?)_function.Events.Single()["rawPath"], (string?)_function.Events.Single()["rawQueryString"]).Should().Be(("/", ""));
    }

    [Theory]
    [InlineData("José", "José", false)]
    [InlineData("\u00ff", "/w==", true)]
    public async Task A_body_that_is_valid_UTF8_is_text(string latin, string body, bool isBase64)
    {
        using var content = new ByteArrayContent((isBase64 ? Encoding.Latin1 : Encoding.UTF8).GetBytes(latin));
        using var response = await _http.PostAsync(new Uri("/api/any", UriKind.Relative), content);

        ((string?)_function.Events.Single()["body"], (bool)_function.Events.Single()["isBase64Encoded"]!).Should().Be((body, isBase64));
    }

    [Theory]
    [InlineData("GET", "/api", "$default", null)]
    [InlineData("GET", "/api/", "$default", null)]
    [InlineData("GET", "/api/none/at/all", "$default", null)]
    [InlineData("GET", "/api/any", "ANY /any", null)]
    [InlineData("POST", "/api/any", "POST /any", null)]
    [InlineData("GET", "/api/any/", "$default", null)]
    [InlineData("GET", "/api/files/a", "GET /files/{name}", """{"name":"a"}""")]
    [InlineData("GET", "/api/files/a/b%20c", "GET /files/{path+}", """{"path":"a/b c"}""")]
    [InlineData("GET", "/api/files", "$default", null)]
    [InlineData("GET", "/api/x/y/end", "GET /{kind}/{id}/end", """{"kind":"x","id":"y"}""")]
    [InlineData("GET", "/api/x//end", "$default", null)]
    [InlineData("GET", "/api/x/y/END", "$default", null)]
    [InlineData("PUT", "/api/x/y/end", "PUT /{proxy+}", """{"proxy":"x/y/end"}""")]
    [InlineData("PUT", "/api/any", "ANY /any", null)]
    [InlineData("GET", "/api/deep/a/b", "ANY /deep/{proxy+}", """{"proxy":"a/b"}""")]
    public async Task A_request_takes_the_most_specific_route_that_matches_it(string method, string path, string route, string? parameters)
    {
        await AskAsync(method, path);

        ((string?)_function.Events.Single()["routeKey"], _function.Events.Single()["pathParameters"]?.ToJsonString()).Should().Be((route, parameters));
    }

    [Theory]
    [InlineData("""{"statusCode":200}""", 200, "", "text/plain; charset=utf-8")]
    [InlineData("""{"statusCode":"201","body":null}""", 201, "", "text/plain; charset=utf-8")]
    [InlineData("""{"statusCode":599,"body":"x"}""", 599, "x", "text/plain; charset=utf-8")]
    [InlineData("""{"statusCode":200,"body":{"a":1}}""", 200, "{\"a\":1}", "text/plain; charset=utf-8")]
    [InlineData("""{"statusCode":200,"body":"eA==","isBase64Encoded":true}""", 200, "x", "text/plain; charset=utf-8")]
    [InlineData("""{"statusCode":200,"body":"eA==","isBase64Encoded":false}""", 200, "eA==", "text/plain; charset=utf-8")]
    [InlineData("""{"statusCode":200,"body":"x","headers":{"content-type":"text/html"}}""", 200, "x", "text/html")]
    [InlineData("""{"statusCode":200,"body":"x","headers":5,"cookies":5}""", 200, "x", "text/plain; charset=utf-8")]
    [InlineData("""[1,2]""", 200, "[1,2]", "application/json")]
    [InlineData(""" "x" """, 200, " \"x\" ", "application/json")]
    [InlineData("""{"status":404}""", 200, "{\"status\":404}", "application/json")]
    public async Task The_output_of_the_function_becomes_the_response(string json, int status, string body, string contentType)
    {
        _answer = Task.FromResult(InvocationResult.Success(Encoding.UTF8.GetBytes(json)));

        var answer = await AskAsync("GET", "/api/");

        (answer.Status, answer.Body, answer.Headers["Content-Type"], answer.Headers["Content-Length"]).Should().Be(
            (status, body, contentType, body.Length.ToString(CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Headers_and_cookies_are_passed_on_except_those_that_frame_the_response()
    {
        _answer = Task.FromResult(InvocationResult.Success("""
            {"statusCode":200,"body":"x","headers":{"X-One":"1","X-Two":2,"content-length":"99","transfer-encoding":"chunked","connection":"close"},"cookies":["a=1","b=2"]}
            """u8.ToArray()));

        var answer = await AskAsync("GET", "/api/");

        answer.Headers.Where(header => header.Key != "Date").ToDictionary().Should().BeEquivalentTo(new Dictionary<string, string>
        {
            ["X-One"] = "1",
            ["X-Two"] = "2",
            ["Set-Cookie"] = "a=1, b=2",
            ["Content-Length"] = "1",
            ["Content-Type"] = "text/plain; charset=utf-8",
            ["Content-Security-Policy"] = "frame-ancestors 'none'",
            ["X-Content-Type-Options"] = "nosniff",
        });
    }

    [Theory]
    [InlineData(204)]
    [InlineData(304)]
    public async Task A_response_that_may_have_no_body_has_none(int status)
    {
        _answer = Task.FromResult(InvocationResult.Success(Encoding.UTF8.GetBytes($$"""{"statusCode":{{status}},"body":"x"}""")));

        var answer = await AskAsync("GET", "/api/");

        (answer.Status, answer.Body).Should().Be((status, ""));
    }

    [Fact]
    public async Task A_function_that_takes_longer_than_its_30_seconds_is_not_waited_for()
    {
        _answer = new TaskCompletionSource<InvocationResult>().Task;

        var asked = AskAsync("GET", "/api/");
        while (!asked.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        var answer = await asked;
        (answer.Json, answer.Headers["Content-Type"]).Should().Be(("""503 {"message":"Service Unavailable"}""", "application/json"));
        (_clock.GetUtcNow() - new DateTimeOffset(2026, 11, 4, 7, 5, 9, TimeSpan.Zero)).Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_body_over_the_6_megabytes_of_an_invocation_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/any") { Content = new ByteArrayContent(new byte[(6 << 20) + 1]) };

        var answer = await EndpointResponse.ToAsync(_http, request);

        (answer.Json, answer.Headers["Content-Type"], answer.Headers["Connection"]).Should().Be(("""413 {"message":"Request Entity Too Large"}""", "application/json", "close"));
        _function.Events.Should().BeEmpty();
    }

    private async Task<EndpointResponse> AskAsync(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        return await EndpointResponse.ToAsync(_http, request);
    }
}
