using System.Net.Sockets;
using DataToEvents.Emulator.Http;
using DataToEvents.Emulator.Http.HttpApi;

namespace DataToEvents.Emulator.Tests.Http.HttpApi;

public sealed class HttpApiEndpointTests : IAsyncLifetime
{
    private readonly FakeFunction _function;
    private InvocationResult _answer = Json("{}");
    private EmulatorEndpoint _endpoint = null!;
    private HttpClient _http = null!;

    public HttpApiEndpointTests() => _function = new FakeFunction(_ => Task.FromResult(_answer));

    public async Task InitializeAsync()
    {
        _endpoint = await EmulatorEndpoint.StartAsync(new EmulatorEndpointOptions
        {
            Api = new HttpApiEndpoint(
                _function,
                new HttpApiOptions { Routes = [new("GET /streams/{id}"), new("GET /"), new("GET /streams/all"), new("POST /events"), new("ANY /files/{path+}")] },
                TimeProvider.System),
            OnFault = fault => throw new InvalidOperationException("A fault at the endpoint.", fault),
        });
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_endpoint.Port}") };
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _endpoint.DisposeAsync();
    }

    [Theory]
    [InlineData(401, "Unauthorized")]
    [InlineData(403, "Forbidden")]
    public async Task A_request_that_the_authorizer_refuses_never_reaches_the_function(int status, string message)
    {
        await using var endpoint = await EmulatorEndpoint.StartAsync(new EmulatorEndpointOptions
        {
            Api = new HttpApiEndpoint(
                _function,
                new HttpApiOptions { Routes = [new("GET /"), new("GET /open")], Authorizer = (_, route) => route.Key == "GET /" ? status : null },
                TimeProvider.System),
            OnFault = fault => throw new InvalidOperationException("A fault at the endpoint.", fault),
        });
        using var refused = await _http.GetAsync(new Uri($"http://127.0.0.1:{endpoint.Port}/api/"));
        using var open = await _http.GetAsync(new Uri($"http://127.0.0.1:{endpoint.Port}/api/open"));

        ((int)refused.StatusCode, await refused.Content.ReadAsStringAsync()).Should().Be((status, $$"""{"message":"{{message}}"}"""));
        open.StatusCode.Should().Be(HttpStatusCode.OK);
        _function.Events.Should().ContainSingle();
    }

    [Theory]
    [InlineData("GET", "/api/other")]
    [InlineData("DELETE", "/api/streams/1")]
    [InlineData("GET", "/api/streams/")]
    [InlineData("GET", "/api/streams/1/2")]
    public async Task A_path_without_a_route_is_not_found_and_invokes_nothing(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await _http.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await response.Content.ReadAsStringAsync()).Should().Be("""{"message":"Not Found"}""");
        _function.Events.Should().BeEmpty();
    }

    [Fact]
    public async Task A_binary_response_is_decoded()
    {
        _answer = Json("""{"statusCode":200,"isBase64Encoded":true,"body":"/wA="}""");

        (await _http.GetByteArrayAsync("/api/")).Should().Equal(0xFF, 0x00);
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("""{"statusCode":600}""")]
    [InlineData("""{"statusCode":199}""")]
    [InlineData("""{"statusCode":"x"}""")]
    [InlineData("""{"statusCode":null}""")]
    [InlineData("""{"statusCode":200,"headers":{"":"x"}}""")]
    [InlineData("""{"statusCode":200,"cookies":["a\nb"]}""")]
    [InlineData("")]
    [InlineData("""{"statusCode":"no number"}""")]
    [InlineData("""{"statusCode":99}""")]
    [InlineData("""{"statusCode":200,"headers":{"bad name":"x"}}""")]
    [InlineData("""{"statusCode":200,"headers":{"name":"a\r\nSet-Cookie: evil=1"}}""")]
    [InlineData("""{"statusCode":200,"isBase64Encoded":true,"body":"?"}""")]
    public async Task An_output_that_is_not_a_response_is_an_internal_error(string json)
    {
        _answer = Json(json);

        using var response = await _http.GetAsync("/api/");

        response.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        (await response.Content.ReadAsStringAsync()).Should().Be("""{"message":"Internal Server Error"}""");
    }

    [Fact]
    public async Task Clients_do_not_see_an_error_of_the_function()
    {
        _answer = InvocationResult.Failure("InvalidOperationException", "secret");

        using var response = await _http.GetAsync("/api/");

        (await response.Content.ReadAsStringAsync()).Should().Be("""{"message":"Internal Server Error"}""");
    }

    [Fact]
    public async Task Broken_clients_do_not_harm_other_clients()
    {
        foreach (var broken in new[] { "POST /api/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf", "GARBAGE\r\n\r\n", $"GET /api/ HTTP/1.1\r\nHost: localhost\r\nX-Big: {new string('x', 100_000)}\r\n\r\n" })
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, _endpoint.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(broken));
        }

        using var response = await _http.GetAsync("/api/");

        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("streams")]
    [InlineData("GET streams")]
    [InlineData("GET /a b")]
    public void An_invalid_route_is_refused(string key)
    {
        var route = () => new HttpRoute(key);

        route.Should().Throw<ArgumentException>().WithMessage("*is no route*");
    }

    [Fact]
    public void No_route_at_all_is_refused_by_name()
    {
        var route = () => new HttpRoute(null!);

        route.Should().Throw<ArgumentNullException>().WithParameterName("key");
    }

    private static InvocationResult Json(string json) => InvocationResult.Success(Encoding.UTF8.GetBytes(json));
}
