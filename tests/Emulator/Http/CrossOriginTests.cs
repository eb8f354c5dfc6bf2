using DataToEvents.Emulator.Http;
using DataToEvents.Emulator.Http.DynamoDb;
using DataToEvents.Emulator.Storage;
using DataToEvents.Emulator.Tables;

namespace DataToEvents.Emulator.Tests.Http;

/// <summary>Who may call from elsewhere: names of hosts and origins that the owner of the endpoint allows, and no others.</summary>
public sealed class CrossOriginTests
{
    private const string Page = "http://localhost:3000";

    private static readonly TableCatalog NoTables = new(Database.OpenInMemory(), TimeProvider.System);

    [Fact]
    public async Task No_origin_is_allowed_unless_it_is_listed()
    {
        var (status, headers) = await AskAsync([], HttpMethod.Options, Page, preflight: true);

        status.Should().NotBe(204);
        headers.Should().NotContainKey("Access-Control-Allow-Origin");
    }

    [Theory]
    [InlineData(Page, true)]
    [InlineData("http://localhost:3001", false)]
    [InlineData("http://evil.example", false)]
    [InlineData("null", false)]
    public async Task A_page_of_a_listed_origin_may_call_and_read(string origin, bool isAllowed)
    {
        var (preflight, asked) = await AskAsync([Page], HttpMethod.Options, origin, preflight: true);
        var (call, answered) = await AskAsync([Page], HttpMethod.Post, origin, preflight: false);

        (preflight == 204).Should().Be(isAllowed);
        (asked.ContainsKey("Access-Control-Allow-Headers"), answered.ContainsKey("Access-Control-Allow-Origin")).Should().Be((isAllowed, isAllowed));
        call.Should().Be(200);
        if (isAllowed)
        {
            (asked["Access-Control-Allow-Origin"], asked["Access-Control-Allow-Headers"], answered["Access-Control-Expose-Headers"], answered["Vary"]).Should().Be((Page, "x-amz-target", "*", "Origin"));
        }
    }

    [Fact]
    public async Task A_star_allows_every_origin()
    {
        var (status, headers) = await AskAsync(["*"], HttpMethod.Options, "http://any.example", preflight: true);

        (status, headers["Access-Control-Allow-Origin"]).Should().Be((204, "http://any.example"));
    }

    [Theory]
    [InlineData("host.docker.internal", 200)]
    [InlineData("HOST.docker.internal:5080", 200)]
    [InlineData("other.internal", 421)]
    public async Task A_host_that_is_allowed_by_name_is_answered(string host, int status)
    {
        await using var endpoint = await StartAsync(new EmulatorEndpointOptions { AllowedHosts = ["host.docker.internal"], OnFault = Refuse });
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{endpoint.Port}") };
        using var request = ListTables();
        request.Headers.Host = host;

        var answer = await EndpointResponse.ToAsync(http, request);

        answer.Status.Should().Be(status);
        (answer.Headers["Content-Security-Policy"], answer.Headers["X-Content-Type-Options"]).Should().Be(("frame-ancestors 'none'", "nosniff"));
    }

    private static async Task<(int Status, IReadOnlyDictionary<string, string> Headers)> AskAsync(string[] origins, HttpMethod method, string origin, bool preflight)
    {
        await using var endpoint = await StartAsync(new EmulatorEndpointOptions { AllowedOrigins = origins, OnFault = Refuse });
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{endpoint.Port}") };
        using var request = preflight ? new HttpRequestMessage(method, "/") : ListTables();
        request.Headers.Add("Origin", origin);
        if (preflight)
        {
            request.Headers.Add("Access-Control-Request-Method", "POST");
            request.Headers.Add("Access-Control-Request-Headers", "x-amz-target");
        }

        var answer = await EndpointResponse.ToAsync(http, request);
        return (answer.Status, answer.Headers);
    }

    private static Task<EmulatorEndpoint> StartAsync(EmulatorEndpointOptions options) => EmulatorEndpoint.StartAsync(options with { Services = [new DynamoDbService(NoTables)] });

    private static HttpRequestMessage ListTables()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent("{}", Encoding.UTF8, new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-amz-json-1.0")) };
        request.Headers.Add("X-Amz-Target", "DynamoDB_20120810.ListTables");
        return request;
    }

    private static void Refuse(Exception fault) => throw new InvalidOperationException("A fault at the endpoint.", fault);
}
