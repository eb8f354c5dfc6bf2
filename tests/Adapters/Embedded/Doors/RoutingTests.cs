using DataToEvents.Adapters.Embedded.Doors;
using DataToEvents.Adapters.Embedded.Doors.HttpApi;
using DataToEvents.Adapters.Embedded.Doors.S3;
using DataToEvents.Adapters.Embedded.Objects;
using Microsoft.AspNetCore.Http;

namespace DataToEvents.Adapters.Tests.Embedded.Doors;

/// <summary>One address for all: who answers what.</summary>
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
    public async Task A_request_is_answered_by_the_one_it_is_for(string method, string path, string? accept, string? target, string expected)
    {
        await using var door = await FrontDoor.StartAsync(Everything());

        (await AskAsync(door, method, path, accept, target)).Should().Be(expected);
    }

    [Theory]
    [InlineData("GET", "/api")]
    [InlineData("GET", "/_page")]
    [InlineData("GET", "/metrics")]
    [InlineData("GET", "/bucket/key")]
    [InlineData("PUT", "/bucket/key")]
    public async Task Without_anybody_it_is_for_a_request_is_no_operation(string method, string path)
    {
        await using var door = await FrontDoor.StartAsync(new FrontDoorOptions { OnFault = Refuse });

        (await AskAsync(door, method, path)).Should().Be("nobody");
    }

    [Theory]
    [InlineData("GET", "/api")]
    [InlineData("GET", "/_page")]
    [InlineData("GET", "/metrics")]
    public async Task Without_an_api_or_a_page_their_paths_are_those_of_buckets(string method, string path)
    {
        await using var door = await FrontDoor.StartAsync(Everything() with { Api = null, Page = null });

        (await AskAsync(door, method, path)).Should().Be("bucket");
    }

    [Fact]
    public async Task A_door_that_is_closed_answers_no_more()
    {
        var door = await FrontDoor.StartAsync(Everything());
        await door.DisposeAsync();
        var ask = () => AskAsync(door, "GET", "/");

        await ask.Should().ThrowAsync<HttpRequestException>();
    }

    [Fact]
    public async Task A_fault_after_half_an_answer_is_told_to_the_host_and_cuts_the_answer_off()
    {
        var faults = new List<Exception>();
        await using var door = await FrontDoor.StartAsync(Everything() with
        {
            Page = async context =>
            {
                await context.Response.WriteAsync("half");
                throw new IOException("too late");
            },
            OnFault = faults.Add,
        });
        var ask = () => AskAsync(door, "GET", "/_page");

        await ask.Should().ThrowAsync<HttpRequestException>();
        faults.Should().ContainSingle().Which.Message.Should().Be("too late");
    }

    private static FrontDoorOptions Everything() => new()
    {
        Services = [new ScriptedDoor()],
        Api = new HttpApiDoor(new FakeFunction(_ => "\"api\""), new HttpApiOptions { Routes = [new("$default")] }, TimeProvider.System),
        Page = context => context.Response.WriteAsync("page"),
        Objects = new S3Door(new Dictionary<string, ObjectBucket>()),
        OnFault = Refuse,
    };

    private static void Refuse(Exception fault) => throw new InvalidOperationException("A fault at the door.", fault);

    private static async Task<string> AskAsync(FrontDoor door, string method, string path, string? accept = null, string? target = null)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{door.Port}") };
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new ByteArrayContent([]) };
        foreach (var (name, value) in new[] { ("Accept", accept), ("X-Amz-Target", target) }.Where(header => header.Item2 is not null))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Content.Headers.ContentType = new("application/x-amz-json-1.0");
        return (await Answer.ToAsync(http, request)).Body switch
        {
            "page" => "page",
            "\"api\"" => "api",
            var body when body.Contains("<Code>NoSuchBucket</Code>", StringComparison.Ordinal) => "bucket",
            var body when body.Contains("\"operation\":\"Do\"", StringComparison.Ordinal) => "service",
            var body when body.Contains("UnknownOperationException", StringComparison.Ordinal) => "nobody",
            var body => body,
        };
    }
}
