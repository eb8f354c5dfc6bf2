using Amazon.DynamoDBv2;
using Amazon.EventBridge;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.SQS;
using DataToEvents.Adapters.Aws;
using DataToEvents.Adapters.DynamoDb;
using DataToEvents.Adapters.EventBridge;
using DataToEvents.Adapters.Sqs;
using DataToEvents.Application.EventStorer;
using DataToEvents.Application.IntegrationEventEmitter;
using DataToEvents.Application.Transformer;
using DataToEvents.Benchmarks.Functions;
using DataToEvents.Domain.Catalog;
using DataToEvents.Functions.EventStorer;
using DataToEvents.Functions.IntegrationEventEmitter;
using DataToEvents.Functions.Transformer;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace DataToEvents.Budgets.Tests;

/// <summary>
/// Compares the bytes that each function allocates and the calls that it makes, from its event's JSON to its answer's, with committed bounds. Counts do not depend on time, so
/// a busy machine changes nothing. A change that costs more must raise the bound in bounds.json.
/// </summary>
public sealed class BudgetTests
{
    private const int RecordSize = 1_000;

    private static readonly Dictionary<string, Bound> Bounds = JsonSerializer.Deserialize<Dictionary<string, Bound>>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "bounds.json")))!;

    private readonly CountingAws _aws = new();
    private readonly Events _events = new(RecordSize);

    [Theory]
    [InlineData(100)]
    [InlineData(500)]
    public Task The_Transformer_stays_within_its_budget(int streams)
    {
        var services = new ServiceCollection()
            .AddTransformer(EventCatalog.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "catalog.json"))), new TransformerOptions())
            .AddSingleton<IEventQueue>(new SqsEventQueue(new LeanSqsClient(_aws.Plays(SdkSettings.Of<AmazonSQSConfig>())), new SqsOptions("http://aws.test/1/q.fifo", SqsOptions.QueueVariable)))
            .AddSingleton(Substitute.For<IPayloadStore>());
        var function = services.BuildServiceProvider().GetRequiredService<TransformerFunction>();
        var json = new FirehoseSerializer();
        return StaysWithinAsync("Transformer", records: 500, () => _events.Firehose(500, streams), (input, output, context) => RunAsync(json, input, output, (Amazon.Lambda.KinesisFirehoseEvents.KinesisFirehoseEvent batch) => function.Handle(batch, context)));
    }

    [Fact]
    public Task The_EventStorer_stays_within_its_budget()
    {
        var services = new ServiceCollection()
            .AddEventStorer(new EventStorerOptions())
            .AddSingleton<IEventStore>(new DynamoDbEventStore(new AmazonDynamoDBClient(_aws.Plays(SdkSettings.Of<AmazonDynamoDBConfig>())), new DynamoDbOptions("data-events", DynamoDbOptions.StoreVariable)))
            .AddSingleton(Substitute.For<IQuarantine>())
            .AddSingleton(Substitute.For<IDeadLetters>());
        var function = services.BuildServiceProvider().GetRequiredService<EventStorerFunction>();
        var json = new SourceGeneratorLambdaJsonSerializer<EventStorerJson>();
        return StaysWithinAsync("EventStorer", records: 10, () => _events.Sqs(10, 10), (input, output, context) => RunAsync(json, input, output, (Amazon.Lambda.SQSEvents.SQSEvent batch) => function.Handle(batch, context)));
    }

    [Fact]
    public Task The_IntegrationEventEmitter_stays_within_its_budget()
    {
        var services = new ServiceCollection()
            .AddIntegrationEventEmitter(new EmitterOptions())
            .AddSingleton<IEventPublisher>(new EventBridgePublisher(new AmazonEventBridgeClient(_aws.Plays(SdkSettings.Of<AmazonEventBridgeConfig>())), new EventBridgeOptions("data-events-bus")));
        var function = services.BuildServiceProvider().GetRequiredService<IntegrationEventEmitterFunction>();
        var json = new SourceGeneratorLambdaJsonSerializer<IntegrationEventEmitterJson>();
        return StaysWithinAsync("IntegrationEventEmitter", records: 100, () => _events.Changes(100, 100), (input, output, context) => RunAsync(json, input, output, (Amazon.Lambda.DynamoDBEvents.DynamoDBEvent batch) => function.Handle(batch, context)));
    }

    private static async Task RunAsync<TEvent, TAnswer>(ILambdaSerializer json, Stream input, Stream output, Func<TEvent, Task<TAnswer>> handle) =>
        json.Serialize(await handle(json.Deserialize<TEvent>(input)), output);

    private async Task StaysWithinAsync(string name, int records, Func<byte[]> next, Func<Stream, Stream, ILambdaContext, Task> invoke)
    {
        const int Invocations = 10;
        var context = Context.Create();
        var output = new MemoryStream(8_000_000);
        await InvokeAsync();
        var (bytes, calls) = (new List<long>(), _aws.Calls);
        for (var i = 0; i < Invocations; i++)
        {
            bytes.Add(await InvokeAsync());
        }

        // The median: when memory is short the collector empties the pool of arrays, and whoever rents next pays for a new one.
        var bound = Bounds[name];
        ((_aws.Calls - calls) / (records * Invocations / 1_000.0)).Should().BeLessThanOrEqualTo(bound.CallsPerThousandRecords);
        ((double)bytes.Order().ElementAt(Invocations / 2) / records).Should().BeLessThanOrEqualTo(bound.BytesPerRecord);

        async Task<long> InvokeAsync()
        {
            var payload = next();
            output.SetLength(0);
            var before = GC.GetTotalAllocatedBytes(precise: true);
            // Amazon's runtime client passes a stream like this one, whose buffer cannot be read directly.
            await invoke(new MemoryStream(payload, writable: false), output, context);
            var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
            output.Length.Should().BePositive();
            return allocated;
        }
    }

    /// <param name="BytesPerRecord">Managed bytes that a record of 1,000 bytes makes the function allocate.</param>
    /// <param name="CallsPerThousandRecords">AWS calls for 1,000 records.</param>
    private sealed record Bound(double BytesPerRecord, double CallsPerThousandRecords);
}
