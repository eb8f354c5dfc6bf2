using System.Net.Sockets;
using DataToEvents.Emulator.Http;
using DataToEvents.Emulator.Http.HttpApi;
using DataToEvents.Emulator.Http.S3;
using DataToEvents.Emulator.Objects;
using DataToEvents.Emulator.Server;
using DataToEvents.Emulator.Tests.Http.Json;
using Microsoft.AspNetCore.Http;

namespace DataToEvents.Emulator.Tests.Http;

/// <summary>Which service answers which request at the one address.</summary>
public sealed class RoutingTests
{
    [Theory]
    [InlineData("POST", "/", "text/html", "Service_1.Do", "service")]
    [InlineData("GET", "/api/x", "text/html", "Service_1.Do", "service")]
    [InlineData("GET", "/api", null, null, "api")]
    [InlineData("POST", "/api/x", null, null, "api")]
    [InlineData("GET", "/apiary", null, null, "bucket")]
    [InlineData("GET", "/", "text/html", null, "page")]
    [InlineData("GET", "/", "application/json, TEXT/HTML;q=0.9", null, "page")]
    [InlineData("GET", "/", "application/xml", null, "bucket")]
    [InlineData("GET", "/", null, null, "bucket")]
    [InlineData("POST", "/", "text/html", null, "nobody")]
    [InlineData("PUT", "/", "text/html", null, "bucket")]
    [InlineData("GET", "/bucket", "text/html", null, "bucket")]
    [InlineData("GET", "/_page", null, null, "page")]
    [InlineData("POST", "/_page/x", null, null, "page")]
    [InlineData("GET", "/metrics", null, null, "page")]
    [InlineData("PUT", "/metrics", null, null, "bucket")]
    [InlineData("GET", "/metrics/x", null, null, "bucket")]
    [InlineData("POST", "/bucket", null, null, "nobody")]
    [InlineData("GET", "/health", null, null, "{\"status\":\"running\"}")]
    [InlineData("PUT", "/health", null, null, "bucket")]
    [InlineData("GET", "/favicon.ico", "image/*", null, "")]
    public async Task A_request_goes_to_the_service_that_it_is_for(string method, string path, string? accept, string? target, string expected)
    {
        await using var endpoint = await EmulatorEndpoint.StartAsync(Everything());

        (await AskAsync(endpoint, method, path, accept, target)).Should().Be(expected);
    }

    [Fact]
    public async Task A_person_with_curl_is_told_what_listens_here()
    {
        await using var endpoint = await EmulatorEndpoint.StartAsync(Everything());

        (await AskAsync(endpoint, "GET", "/", "*/*")).Should().StartWith("This is the DataToEvents emulator").And.Contain($"AWS_ENDPOINT_URL=http://127.0.0.1:{endpoint.Port} ");
    }

    [Theory]
    [InlineData("GET", "/bucket", "s3", "<Code>NoSuchBucket</Code>")]
    [InlineData("GET", "/2013-04-01/hostedzone", "route53", "UnknownOperationException")]
    [InlineData("GET", "/v2/apis", "apigateway", "UnknownOperationException")]
    public async Task A_request_that_is_signed_for_a_service_is_refused_in_its_protocol(string method, string path, string service, string answer)
    {
        await using var endpoint = await EmulatorEndpoint.StartAsync(Everything());
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{endpoint.Port}") };
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.TryAddWithoutValidation("Authorization", $"AWS4-HMAC-SHA256 Credential=any/20261130/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=0");

        (await EndpointResponse.ToAsync(http, request)).Body.Should().Contain(answer);
    }

    [Theory]
    [InlineData("GET", "/api")]
    [InlineData("GET", "/_page")]
    [InlineData("GET", "/metrics")]
    [InlineData("GET", "/bucket/key")]
    [InlineData("PUT", "/bucket/key")]
    public async Task A_request_that_is_for_no_service_is_an_unknown_operation(string method, string path)
    {
        await using var endpoint = await EmulatorEndpoint.StartAsync(new EmulatorEndpointOptions { OnFault = Refuse });

        (await AskAsync(endpoint, method, path)).Should().Be("nobody");
    }

    [Theory]
    [InlineData("GET", "/api")]
    [InlineData("GET", "/_page")]
    [InlineData("GET", "/metrics")]
    public async Task Without_an_API_or_a_page_their_paths_belong_to_buckets(string method, string path)
    {
        await using var endpoint = await EmulatorEndpoint.StartAsync(Everything() with { Api = null, Page = null });

        (await AskAsync(endpoint, method, path)).Should().Be("bucket");
    }

    [Theory]
    [InlineData("POST", "/", null, "Service_1.Do")]
    [InlineData("GET", "/api/x", null, null)]
    [InlineData("POST", "/api/x", null, null)]
    [InlineData("GET", "/", "text/html", null)]
    [InlineData("GET", "/_page/state", null, null)]
    [InlineData("POST", "/_page/faults", null, null)]
    [InlineData("POST", "/_page/actions", null, null)]
    [InlineData("GET", "/metrics", null, null)]
    [InlineData("GET", "/bucket", null, null)]
    [InlineData("PUT", "/bucket/key", null, null)]
    [InlineData("DELETE", "/bucket/key", null, null)]
    public async Task A_request_for_another_host_is_refused_even_from_a_page_of_that_host(string method, string path, string? accept, string? target)
    {
        await using var endpoint = await EmulatorEndpoint.StartAsync(Everything());

        (await AskAsync(endpoint, method, path, accept, target, $"evil.example:{endpoint.Port}")).Should().Be(
            $"This server answers only requests whose Host is localhost, a name that ends in .localhost, or an IP address. Use http://localhost:{endpoint.Port} instead.\n");
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.0.0.1:5080", true)]
    [InlineData("10.1.2.3:80", true)]
    [InlineData("[::1]", true)]
    [InlineData("[::1]:5080", true)]
    [InlineData("[fe80::1]:5080", true)]
    [InlineData("localhost", true)]
    [InlineData("LocalHost:5080", true)]
    [InlineData("localhost.", true)]
    [InlineData("localhost.:5080", true)]
    [InlineData("bucket.localhost:5080", true)]
    [InlineData("a.b.LOCALHOST.", true)]
    [InlineData("", false)]
    [InlineData(".", false)]
    [InlineData(":5080", false)]
    [InlineData("evil.example", false)]
    [InlineData("evil.example:5080", false)]
    [InlineData("localhost.evil.example", false)]
    [InlineData("localhost..", false)]
    [InlineData("evillocalhost", false)]
    [InlineData("evil-localhost:5080", false)]
    [InlineData(".localhost", false)]
    [InlineData("a..localhost", false)]
    [InlineData("127.0.0.1.evil.example", false)]
    [InlineData("127.0.0.evil", false)]
    [InlineData("127.0.0.1:evil", false)]
    [InlineData("2130706433", false)]
    [InlineData("::1", false)]
    [InlineData("[::1", false)]
    [InlineData("[::1]evil:80", false)]
    [InlineData("[evil.example]:80", false)]
    [InlineData("[127.0.0.1]", false)]
    [InlineData("evil.example:80@localhost", false)]
    public void A_host_is_this_machine_if_no_other_site_can_have_its_name(string host, bool isOfThisMachine) => RequestHost.IsOfThisMachine(host).Should().Be(isOfThisMachine);

    [Theory]
    [InlineData("GET /_page HTTP/1.1\r\nHost: evil.example\r\n\r\n", "HTTP/1.1 421 ")]
    [InlineData("GET /_page HTTP/1.1\r\nHost:\r\n\r\n", "HTTP/1.1 421 ")]
    [InlineData("GET /_page HTTP/1.0\r\n\r\n", "HTTP/1.1 421 ")]
    [InlineData("GET http://evil.example/_page HTTP/1.1\r\nHost: evil.example\r\n\r\n", "HTTP/1.1 421 ")]
    [InlineData("GET http://evil.example/_page HTTP/1.1\r\nHost: localhost\r\n\r\n", "HTTP/1.1 400 ")]
    [InlineData("GET /_page HTTP/1.1\r\n\r\n", "HTTP/1.1 400 ")]
    [InlineData("GET /_page HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", "HTTP/1.1 400 ")]
    [InlineData("GET /_page HTTP/1.1\r\nHost: evil example\r\n\r\n", "HTTP/1.1 400 ")]
    [InlineData("GET /_page HTTP/1.1\r\nHost: localhost\r\n\r\n", "HTTP/1.1 200 ")]
    public async Task A_host_that_is_missing_or_malformed_is_refused(string request, string answer)
    {
        await using var endpoint = await EmulatorEndpoint.StartAsync(Everything());
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, endpoint.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(client.GetStream());

        (await reader.ReadLineAsync()).Should().StartWith(answer);
    }

    [Fact]
    public async Task An_endpoint_that_is_closed_answers_no_more()
    {
        var endpoint = await EmulatorEndpoint.StartAsync(Everything());
        await endpoint.DisposeAsync();
        var ask = () => AskAsync(endpoint, "GET", "/");

        await ask.Should().ThrowAsync<HttpRequestException>();
    }

    [Fact]
    public async Task The_host_gets_an_exception_after_half_a_response_and_the_connection_is_cut()
    {
        var faults = new List<Exception>();
        await using var endpoint = await EmulatorEndpoint.StartAsync(Everything() with
        {
            Page = async context =>
            {
                await context.Response.WriteAsync("half");
                throw new IOException("too late");
            },
            OnFault = faults.Add,
        });
        var ask = () => AskAsync(endpoint, "GET", "/_page");

        await ask.Should().ThrowAsync<HttpRequestException>();
        faults.Should().ContainSingle().Which.Message.Should().Be("too late");
    }

    private static EmulatorEndpointOptions Everything() => new()
    {
        Services = [new ScriptedEndpoint()],
        Api = new HttpApiEndpoint(new FakeFunction(_ => "\"api\""), new HttpApiOptions { Routes = [new("$default")] }, TimeProvider.System),
        Page = context => context.Response.WriteAsync("page"),
        Objects = new S3Endpoint(new Dictionary<string, ObjectBucket>()),
        OnFault = Refuse,
    };

    private static void Refuse(Exception fault) => throw new InvalidOperationException("A fault at the endpoint.", fault);

    private static async Task<string> AskAsync(EmulatorEndpoint endpoint, string method, string path, string? accept = null, string? target = null, string? host = null)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{endpoint.Port}") };
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new ByteArrayContent([]) };
        // The origin is that of a page from another site, which is also the request's host.
        foreach (var (name, value) in new[] { ("Accept", accept), ("X-Amz-Target", target), ("Host", host), ("Origin", host is null ? null : $"http://{host}") }.Where(header => header.Item2 is not null))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Content.Headers.ContentType = new("application/x-amz-json-1.0");
        return (await EndpointResponse.ToAsync(http, request)).Body switch
        {
            "page" => "page",
            "\"api\"" => "api",
            var body when body.Contains("<Code>", StringComparison.Ordinal) || body.Contains("<ListAllMyBucketsResult", StringComparison.Ordinal) => "bucket",
            var body when body.Contains("\"operation\":\"Do\"", StringComparison.Ordinal) => "service",
            var body when body.Contains("UnknownOperationException", StringComparison.Ordinal) => "nobody",
            var body => body,
        };
    }
}
