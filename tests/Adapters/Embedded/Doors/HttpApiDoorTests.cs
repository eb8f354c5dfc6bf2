using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using DataToEvents.Adapters.Embedded.Doors;
using DataToEvents.Adapters.Embedded.Doors.HttpApi;
using DataToEvents.Adapters.Embedded.Functions;

namespace DataToEvents.Adapters.Tests.Embedded.Doors;

public sealed class HttpApiDoorTests : IAsyncLifetime
{
    private readonly FakeFunction _function;
    private FunctionAnswer _answer = Json("{}");
    private FrontDoor _door = null!;
    private HttpClient _http = null!;

    public HttpApiDoorTests() => _function = new FakeFunction(_ => Task.FromResult(_answer));

    public async Task InitializeAsync()
    {
        _door = await FrontDoor.StartAsync(new FrontDoorOptions
        {
            Api = new HttpApiDoor(
                _function,
                new HttpApiOptions { Routes = [new("GET /streams/{id}"), new("GET /"), new("GET /streams/all"), new("POST /events"), new("ANY /files/{path+}")] },
                TimeProvider.System),
            OnFault = fault => throw new InvalidOperationException("A fault at the door.", fault),
        });
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_door.Port}") };
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _door.DisposeAsync();
    }

    [Theory]
    [InlineData(401, "Unauthorized")]
    [InlineData(403, "Forbidden")]
    public async Task What_the_routes_authorizer_refuses_never_reaches_the_function(int status, string message)
    {
        await using var door = await FrontDoor.StartAsync(new FrontDoorOptions
        {
            Api = new HttpApiDoor(
                _function,
                new HttpApiOptions { Routes = [new("GET /"), new("GET /open")], Authorizer = (_, route) => route.Key == "GET /" ? status : null },
                TimeProvider.System),
            OnFault = fault => throw new InvalidOperationException("A fault at the door.", fault),
        });
        using var refused = await _http.GetAsync(new Uri($"http://127.0.0.1:{door.Port}/api/"));
        using var open = await _http.GetAsync(new Uri($"http://127.0.0.1:{door.Port}/api/open"));

        ((int)refused.StatusCode, await refused.Content.ReadAsStringAsync()).Should().Be((status, $$"""{"message":"{{message}}"}"""));
        open.StatusCode.Should().Be(HttpStatusCode.OK);
        _function.Events.Should().ContainSingle();
    }

    [Fact]
    public async Task A_request_is_the_event_that_api_gateway_would_make_of_it()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/streams/Stra%C3%9Fe%2F7?type=a&type=b&x=%20y");
        request.Headers.Add("X-Custom", "1");
        request.Headers.Add("Cookie", "one=1; two=2");
        using var response = await _http.SendAsync(request);

        var seen = _function.Events.Single();
        Text(seen, "version").Should().Be("2.0");
        Text(seen, "routeKey").Should().Be("GET /streams/{id}");
        Text(seen, "rawPath").Should().Be("/streams/Stra%C3%9Fe%2F7");
        Text(seen, "rawQueryString").Should().Be("type=a&type=b&x=%20y");
        Text(seen["pathParameters"]!, "id").Should().Be("Straße/7");
        Text(seen["queryStringParameters"]!, "type").Should().Be("a,b");
        Text(seen["queryStringParameters"]!, "x").Should().Be(" y");
        Text(seen["headers"]!, "x-custom").Should().Be("1");
        seen["cookies"]!.AsArray().Select(cookie => (string?)cookie).Should().Equal("one=1", "two=2");
        Text(seen["requestContext"]!["http"]!, "method").Should().Be("GET");
        seen["isBase64Encoded"]!.GetValue<bool>().Should().BeFalse();
    }

    [Theory]
    [InlineData("GET", "/api", "GET /")]
    [InlineData("GET", "/api/", "GET /")]
    [InlineData("GET", "/api/streams/all", "GET /streams/all")]
    [InlineData("GET", "/api/streams/other", "GET /streams/{id}")]
    [InlineData("PUT", "/api/files/a/b", "ANY /files/{path+}")]
    public async Task The_most_specific_route_is_taken(string method, string path, string route)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await _http.SendAsync(request);

        Text(_function.Events.Single(), "routeKey").Should().Be(route);
    }

    [Theory]
    [InlineData("GET", "/api/other")]
    [InlineData("DELETE", "/api/streams/1")]
    [InlineData("GET", "/api/streams/")]
    [InlineData("GET", "/api/streams/1/2")]
    public async Task Another_path_is_not_found_and_no_invocation(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await _http.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await response.Content.ReadAsStringAsync()).Should().Be("""{"message":"Not Found"}""");
        _function.Events.Should().BeEmpty();
    }

    [Fact]
    public async Task A_body_arrives_as_text_or_in_base64()
    {
        using var text = await _http.PostAsync("/api/events", new StringContent("José"));
        using var binary = await _http.PostAsync("/api/events", new ByteArrayContent([0xFF, 0x00]));

        (Text(_function.Events[0], "body"), (bool)_function.Events[0]["isBase64Encoded"]!).Should().Be(("José", false));
        (Text(_function.Events[1], "body"), (bool)_function.Events[1]["isBase64Encoded"]!).Should().Be(("/wA=", true));
    }

    [Fact]
    public async Task An_answer_sets_status_headers_cookies_and_body()
    {
        _answer = Json("""{"statusCode":404,"headers":{"Content-Type":"application/problem+json","Content-Length":"999"},"cookies":["a=1","b=2"],"body":"{\"title\":\"José\"}"}""");

        using var response = await _http.GetAsync("/api/");

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
        response.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
        response.Headers.GetValues("Set-Cookie").Should().Equal("a=1", "b=2");
        (await response.Content.ReadAsStringAsync()).Should().Be("""{"title":"José"}""");
    }

    [Fact]
    public async Task A_bare_answer_is_the_body_of_a_200()
    {
        _answer = Json("""{"events":[]}""");

        using var response = await _http.GetAsync("/api/");

        (response.StatusCode, response.Content.Headers.ContentType!.MediaType).Should().Be((HttpStatusCode.OK, "application/json"));
        (await response.Content.ReadAsStringAsync()).Should().Be("""{"events":[]}""");
    }

    [Fact]
    public async Task A_binary_answer_is_decoded()
    {
        _answer = Json("""{"statusCode":200,"isBase64Encoded":true,"body":"/wA="}""");

        (await _http.GetByteArrayAsync("/api/")).Should().Equal(0xFF, 0x00);
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("""{"statusCode":"no number"}""")]
    [InlineData("""{"statusCode":99}""")]
    [InlineData("""{"statusCode":200,"headers":{"bad name":"x"}}""")]
    [InlineData("""{"statusCode":200,"headers":{"name":"a\r\nSet-Cookie: evil=1"}}""")]
    [InlineData("""{"statusCode":200,"isBase64Encoded":true,"body":"?"}""")]
    public async Task An_answer_that_is_none_is_an_internal_error(string json)
    {
        _answer = Json(json);

        using var response = await _http.GetAsync("/api/");

        response.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        (await response.Content.ReadAsStringAsync()).Should().Be("""{"message":"Internal Server Error"}""");
    }

    [Fact]
    public async Task An_error_of_the_function_is_told_to_nobody_outside()
    {
        _answer = FunctionAnswer.Failure("InvalidOperationException", "secret");

        using var response = await _http.GetAsync("/api/");

        (await response.Content.ReadAsStringAsync()).Should().Be("""{"message":"Internal Server Error"}""");
    }

    [Fact]
    public async Task Broken_clients_harm_no_other()
    {
        foreach (var broken in new[] { "POST /api/events HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf", "GARBAGE\r\n\r\n", $"GET /api/ HTTP/1.1\r\nHost: x\r\nX-Big: {new string('x', 100_000)}\r\n\r\n" })
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, _door.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(broken));
        }

        using var response = await _http.GetAsync("/api/");

        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("streams")]
    [InlineData("GET streams")]
    [InlineData("GET /a b")]
    public void A_route_that_is_none_is_refused(string key)
    {
        var route = () => new HttpRoute(key);

        route.Should().Throw<ArgumentException>().WithMessage("*is no route*");
    }

    private static FunctionAnswer Json(string json) => FunctionAnswer.Success(Encoding.UTF8.GetBytes(json));

    private static string? Text(JsonNode node, string name) => (string?)node[name];
}
