using DataToEvents.Emulator.Lambda;
using DataToEvents.Emulator.Lambda.Mappings;
using DataToEvents.Emulator.Queues;
using DataToEvents.Emulator.Storage;

namespace DataToEvents.Emulator.Tests.Http.Functions;

/// <summary>What clients of Lambda do with mappings, and with the concurrency of a function.</summary>
public sealed class MappingCallsTests : IAsyncLifetime
{
    private const string Mappings = "2015-03-31/event-source-mappings/";

    private readonly Database _database = Database.OpenInMemory();
    private readonly FakeFunction _function = new(_ => "true");
    private EmulatedAccount _account = null!;
    private AccountEndpoint _endpoint = null!;
    private EventSourceMapping _mapping = null!;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        _account = new EmulatedAccount(_database, TimeProvider.System, new Random(1));
        await _account.AddBusAsync(new Emulator.Buses.EventBusOptions("bus"));
        var (queue, other) = (await _account.AddQueueAsync(new QueueOptions { Name = "queue.fifo" }), await _account.AddQueueAsync(new QueueOptions { Name = "other.fifo" }));
        _account.AddFunction(new ReservedFunction(_function));
        _mapping = _account.MapQueue(queue, _function, new QueueEventSourceOptions()).Mapping;
        _account.MapQueue(other, _function, new QueueEventSourceOptions());
        _endpoint = await AccountEndpoint.OpenAsync(_account, new EndpointOptions { OnFault = fault => throw new InvalidOperationException("A fault at the endpoint.", fault) });
        _http = new HttpClient { BaseAddress = new Uri(_endpoint.Url) };
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _endpoint.DisposeAsync();
        await _account.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Theory]
    [InlineData("", 2)]
    [InlineData("?EventSourceArn=arn:aws:sqs:us-east-1:000000000000:queue.fifo", 1)]
    [InlineData("?EventSourceArn=arn:aws:sqs:us-east-1:000000000000:none", 0)]
    [InlineData("?FunctionName=fake", 2)]
    [InlineData("?FunctionName=arn:aws:lambda:us-east-1:000000000000:function:fake", 2)]
    [InlineData("?FunctionName=none", 0)]
    [InlineData("?MaxItems=1", 1)]
    public async Task Mappings_are_found_by_their_source_or_function(string query, int count)
    {
        var answer = await AskAsync(HttpMethod.Get, Mappings + query);

        answer.Status.Should().Be(200);
        JsonNode.Parse(answer.Body)!["EventSourceMappings"]!.AsArray().Should().HaveCount(count);
    }

    [Fact]
    public async Task A_mapping_is_disabled_and_enabled()
    {
        var disabled = await AskAsync(HttpMethod.Put, Mappings + _mapping.Uuid, """{"Enabled":false}""");

        (disabled.Status, _mapping.IsEnabled).Should().Be((202, false));
        var told = await AskAsync(HttpMethod.Get, Mappings + _mapping.Uuid);
        JsonNode.Parse(told.Body)!.ToJsonString().Should().Be(
            $$"""{"UUID":"{{_mapping.Uuid}}","EventSourceArn":"arn:aws:sqs:us-east-1:000000000000:queue.fifo","FunctionArn":"arn:aws:lambda:us-east-1:000000000000:function:fake","State":"Disabled","StateTransitionReason":"USER_INITIATED"}""");
        (await AskAsync(HttpMethod.Put, Mappings + _mapping.Uuid, """{"Enabled":true}""")).Body.Should().Contain("\"State\":\"Enabled\"");
        _mapping.IsEnabled.Should().BeTrue();
    }

    [Fact]
    public async Task A_function_for_which_nothing_is_reserved_is_throttled_until_the_reservation_is_gone()
    {
        (await AskAsync(HttpMethod.Get, "2019-09-30/functions/fake/concurrency")).Json.Should().Be("{}");
        (await AskAsync(HttpMethod.Put, "2017-10-31/functions/fake/concurrency", """{"ReservedConcurrentExecutions":0}""")).Json.Should().Be("""{"ReservedConcurrentExecutions":0}""");
        (await AskAsync(HttpMethod.Get, "2019-09-30/functions/fake/concurrency")).Json.Should().Be("""{"ReservedConcurrentExecutions":0}""");
        (await AskAsync(HttpMethod.Post, "2015-03-31/functions/fake/invocations", "{}")).Body.Should().Contain("TooManyRequestsException");
        _function.Events.Should().BeEmpty();

        (await AskAsync(HttpMethod.Delete, "2017-10-31/functions/fake/concurrency")).Status.Should().Be(204);
        (await AskAsync(HttpMethod.Post, "2015-03-31/functions/fake/invocations", "{}")).Body.Should().Be("true");
    }

    [Theory]
    [InlineData("PUT", "2015-03-31/event-source-mappings/none", """{"Enabled":false}""", "404 ResourceNotFoundException: The resource you requested does not exist.")]
    [InlineData("POST", "2015-03-31/event-source-mappings/", "{}", "404 UnknownOperationException: The requested operation is not recognized by the service.")]
    [InlineData("PUT", "2017-10-31/functions/none/concurrency", """{"ReservedConcurrentExecutions":0}""", "404 ResourceNotFoundException: Function not found: arn:aws:lambda:us-east-1:000000000000:function:none")]
    [InlineData("PUT", "2017-10-31/functions/fake/concurrency", "{}", "400 InvalidParameterValueException: ReservedConcurrentExecutions is a whole number, at least 0.")]
    [InlineData("PUT", "2017-10-31/functions/fake/concurrency", """{"ReservedConcurrentExecutions":-1}""", "400 InvalidParameterValueException: ReservedConcurrentExecutions is a whole number, at least 0.")]
    [InlineData("PUT", "2017-10-31/functions/fake/concurrency", "[]", "400 SerializationException: The request is not an object.")]
    public async Task A_call_that_cannot_be_answered_is_refused(string method, string path, string body, string refusal) =>
        (await AskAsync(new HttpMethod(method), path, body)).Refusal.Should().Be(refusal);

    [Fact]
    public async Task What_a_mapping_cannot_change_here_is_refused_and_nothing_changes()
    {
        (await AskAsync(HttpMethod.Put, Mappings + _mapping.Uuid, """{"Enabled":false,"BatchSize":5}""")).Refusal.Should().Be("400 ValidationException: UpdateEventSourceMapping with BatchSize is not supported here.");
        _mapping.IsEnabled.Should().BeTrue();
    }

    private async Task<EndpointResponse> AskAsync(HttpMethod method, string path, string body = "")
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body) };
        return await EndpointResponse.ToAsync(_http, request);
    }
}
