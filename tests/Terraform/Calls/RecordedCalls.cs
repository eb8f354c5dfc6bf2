using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using Amazon.Lambda.DynamoDBEvents;
using Amazon.Lambda.KinesisFirehoseEvents;
using Amazon.Lambda.SQSEvents;
using DataToEvents.Functions.EventResponder;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using DataToEvents.Functions.IntegrationEventEmitter;
using DataToEvents.Functions.EventStorer;
using DataToEvents.Functions.Transformer;

namespace DataToEvents.Terraform.Tests.Calls;

/// <summary>
/// The functions as they run on AWS, composed by their own Startup from the environment that Terraform gives them, with Amazon's clients,
/// before <see cref="FakeServices"/>: what they send is not typed by hand.
/// </summary>
internal sealed class RecordedCalls
{
    private const string Envelope =
        """{"specversion":"1.0","id":"e-1","source":"urn:test","type":"order","subject":"s-1","time":"2026-11-24T12:00:00Z","datacontenttype":"application/json","data":{}}""";

    private readonly FakeServices _services;
    private readonly ILambdaContext _context = Substitute.For<ILambdaContext>();
    private readonly Dictionary<string, IReadOnlyList<ServiceCall>> _calls = [];

    private RecordedCalls(FakeServices services)
    {
        _services = services;
        _context.RemainingTime.Returns(TimeSpan.FromSeconds(30));
    }

    /// <param name="environments">The environment that Terraform gives each function, by the last part of its name.</param>
    /// <returns>What each function sent, by the same names.</returns>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<ServiceCall>>> OfAsync(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> environments)
    {
        using var services = new FakeServices();
        var recorded = new RecordedCalls(services);
        await recorded.RunAsync("transformer", environments, new TransformerStartup().ConfigureServices, recorded.TransformAsync);
        await recorded.RunAsync("event-storer", environments, new EventStorerStartup().ConfigureServices, recorded.StoreAsync);
        await recorded.RunAsync("integration-event-emitter", environments, new IntegrationEventEmitterStartup().ConfigureServices, recorded.EmitAsync);
        await recorded.RunAsync("event-responder", environments, new EventResponderStartup().ConfigureServices, recorded.RespondAsync);
        await recorded.RunAsync("event-responder-api", environments, new EventResponderStartup().ConfigureServices, recorded.BrowseAsync);
        return recorded._calls;
    }

    private async Task RunAsync(
        string function, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> environments, Action<IServiceCollection> configure, Func<IServiceProvider, Task> invoke)
    {
        var environment = new Dictionary<string, string>(environments[function])
        {
            ["AWS_LAMBDA_FUNCTION_NAME"] = function,
            ["AWS_ENDPOINT_URL"] = _services.Url,
            ["AWS_REGION"] = "eu-north-1",
            ["AWS_ACCESS_KEY_ID"] = "test",
            ["AWS_SECRET_ACCESS_KEY"] = "test",
        };
        foreach (var queue in environment.Keys.Where(name => name.EndsWith("QUEUE_URL", StringComparison.Ordinal)).ToList())
        {
            environment[queue] = _services.Url + new Uri(environment[queue]).AbsolutePath;
        }

        foreach (var (name, value) in environment)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        try
        {
            var services = new ServiceCollection();
            configure(services);
            await using var provider = services.BuildServiceProvider();
            await invoke(provider);
        }
        finally
        {
            foreach (var name in environment.Keys)
            {
                Environment.SetEnvironmentVariable(name, null);
            }
        }

        _calls[function] = _services.TakeCalls();
    }

    /// <summary>A small record, and one whose payload goes to S3.</summary>
    private Task TransformAsync(IServiceProvider provider) => provider.GetRequiredService<TransformerFunction>().Handle(
        new KinesisFirehoseEvent { Records = [Record("1", "{}"), Record("2", $"\"{new string('a', 300_000)}\"")] }, _context);

    /// <summary>An event, and a message that is none and goes to the dead-letter queue.</summary>
    private Task StoreAsync(IServiceProvider provider) => provider.GetRequiredService<EventStorerFunction>().Handle(
        new SQSEvent { Records = [Message("m-1", Envelope), Message("m-2", "no event")] }, _context);

    private static SQSEvent.SQSMessage Message(string id, string body) =>
        new() { MessageId = id, Body = body, Attributes = new() { ["MessageGroupId"] = "s-1", ["SequenceNumber"] = "1" } };

    private Task EmitAsync(IServiceProvider provider) => provider.GetRequiredService<IntegrationEventEmitterFunction>().Handle(
        new DynamoDBEvent
        {
            Records =
            [
                new DynamoDBEvent.DynamodbStreamRecord
                {
                    EventID = "1",
                    EventName = "INSERT",
                    EventSourceArn = "arn:aws:dynamodb:eu-north-1:123456789012:table/data-events/stream/2026-11-24T00:00:00.000",
                    Dynamodb = new DynamoDBEvent.StreamRecord
                    {
                        SequenceNumber = "1",
                        Keys = new() { ["pk"] = new() { S = "s-1" }, ["sk"] = new() { S = "e-1" } },
                        NewImage = new() { ["envelope"] = new() { S = Envelope }, ["seq"] = new() { S = "1" } },
                    },
                },
            ],
        },
        _context);

    private async Task RespondAsync(IServiceProvider provider)
    {
        using var detail = JsonDocument.Parse(Envelope);
        await provider.GetRequiredService<EventResponderFunction>().Respond(new EventBridgeEvent { Id = "1", Detail = detail.RootElement }, _context);
    }

    private async Task BrowseAsync(IServiceProvider provider)
    {
        foreach (var route in ApiFunction.Routes)
        {
            var parameters = new Dictionary<string, string> { ["id"] = route == "GET /events" ? "" : "s-1", ["source"] = "", ["name"] = new string('a', 64) + ".bin" };
            var request = new APIGatewayHttpApiV2ProxyRequest { RouteKey = route, PathParameters = parameters, QueryStringParameters = parameters };
            var answer = await provider.GetRequiredService<ApiFunction>().Browse(request, _context);
            answer.StatusCode.Should().Be(200, $"{route} must go all its way: {answer.Body}");
        }
    }

    private static KinesisFirehoseEvent.FirehoseRecord Record(string id, string data) => new()
    {
        RecordId = id,
        ApproximateArrivalEpoch = 1_795_000_000_000,
        Base64EncodedData = Convert.ToBase64String(Encoding.UTF8.GetBytes(data)),
    };
}
