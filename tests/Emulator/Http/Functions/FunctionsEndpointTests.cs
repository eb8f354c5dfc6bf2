using DataToEvents.Emulator.Http;
using DataToEvents.Emulator.Http.Functions;

namespace DataToEvents.Emulator.Tests.Http.Functions;

/// <summary>The whole responses of Lambda's operations.</summary>
public sealed class FunctionsEndpointTests : IAsyncLifetime
{
    private const string Configuration = """
        {"FunctionName":"fake","FunctionArn":"arn:aws:lambda:us-east-1:000000000000:function:fake","Version":"$LATEST","PackageType":"Zip","State":"Active","LastUpdateStatus":"Successful"}
        """;

    private readonly FakeFunction _function = new(input => Task.FromResult((string?)input["do"] == "fail" ? InvocationResult.Failure("Broken", "told to") : InvocationResult.Success("""{"done":true}"""u8.ToArray())));
    private EmulatorEndpoint _endpoint = null!;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        var functions = new Dictionary<string, IInvocable> { ["fake"] = _function, ["other"] = _function };
        _endpoint = await EmulatorEndpoint.StartAsync(new EmulatorEndpointOptions
        {
            Functions = new FunctionsEndpoint(functions, [], "us-east-1", "000000000000", policy: null),
            OnFault = fault => throw new InvalidOperationException("A fault at the endpoint.", fault),
        });
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_endpoint.Port}/2015-03-31/functions/") };
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _endpoint.DisposeAsync();
    }

    [Fact]
    public async Task Functions_are_listed_by_page_and_described()
    {
        var first = await AskAsync(HttpMethod.Get, "?MaxItems=1");
        first.Json.Should().Be(EndpointResponse.Compact($$"""{"Functions":[{{Configuration}}],"NextMarker":"ZmFrZQ=="}"""));
        (await AskAsync(HttpMethod.Get, "?MaxItems=1&Marker=ZmFrZQ%3D%3D")).Json.Should().Contain("\"FunctionName\":\"other\"").And.NotContain("NextMarker");
        (await AskAsync(HttpMethod.Get, "fake")).Json.Should().Be(EndpointResponse.Compact($$"""{"Configuration":{{Configuration}} }"""));
    }

    [Theory]
    [InlineData("fake")]
    [InlineData("fake:$LATEST")]
    [InlineData("000000000000:function:fake")]
    [InlineData("arn:aws:lambda:us-east-1:000000000000:function:fake")]
    public async Task A_function_is_invoked_by_its_name_or_arn(string name)
    {
        var answer = await AskAsync(HttpMethod.Post, $"{Uri.EscapeDataString(name)}/invocations", """{"do":"work"}""");

        (answer.Status, answer.Body, answer.Headers["X-Amz-Executed-Version"]).Should().Be((200, """{"done":true}""", "$LATEST"));
        answer.Headers.Should().NotContainKey("X-Amz-Function-Error");
        _function.Events.Single().ToJsonString().Should().Be("""{"do":"work"}""");
    }

    [Fact]
    public async Task The_error_of_a_function_is_told_in_a_header_and_the_body()
    {
        var answer = await AskAsync(HttpMethod.Post, "fake/invocations", """{"do":"fail"}""");

        (answer.Status, answer.Body, answer.Headers["X-Amz-Function-Error"]).Should().Be((200, """{"errorType":"Broken","errorMessage":"told to"}""", "Unhandled"));
    }

    [Fact]
    public async Task A_dry_run_invokes_nothing()
    {
        (await AskAsync(HttpMethod.Post, "fake/invocations", "{}", ("X-Amz-Invocation-Type", "DryRun"))).Status.Should().Be(204);
        _function.Events.Should().BeEmpty();
    }

    [Theory]
    [InlineData("GET", "none", "", "404 ResourceNotFoundException: Function not found: arn:aws:lambda:us-east-1:000000000000:function:none")]
    [InlineData("POST", "none/invocations", "{}", "404 ResourceNotFoundException: Function not found: arn:aws:lambda:us-east-1:000000000000:function:none")]
    [InlineData("DELETE", "fake", "", "404 UnknownOperationException: The requested operation is not recognized by the service.")]
    [InlineData("GET", "?MaxItems=0", "", "400 InvalidParameterValueException: 1 validation error detected: Value '0' at 'maxItems' failed to satisfy constraint: Member must have a value from 1 to 10000")]
    [InlineData("GET", "?FunctionVersion=ALL", "", "400 ValidationException: ListFunctions with FunctionVersion is not supported here.")]
    public async Task A_call_that_cannot_be_answered_is_refused(string method, string path, string body, string refusal) =>
        (await AskAsync(new HttpMethod(method), path, body)).Refusal.Should().Be(refusal);

    [Fact]
    public async Task Without_a_queue_an_asynchronous_invocation_is_refused_and_so_is_a_payload_that_is_not_JSON()
    {
        (await AskAsync(HttpMethod.Post, "fake/invocations", "{}", ("X-Amz-Invocation-Type", "Event"))).Refusal.Should().Be("400 ValidationException: InvocationType Event is not supported here: RequestResponse, DryRun.");
        (await AskAsync(HttpMethod.Post, "fake/invocations", "no")).Refusal.Should().StartWith("400 InvalidRequestContentException: Could not parse request body into json: ");
        _function.Events.Should().BeEmpty();
    }

    private async Task<EndpointResponse> AskAsync(HttpMethod method, string path, string body = "", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body) };
        Array.ForEach(headers, header => request.Headers.Add(header.Name, header.Value));
        return await EndpointResponse.ToAsync(_http, request);
    }
}
