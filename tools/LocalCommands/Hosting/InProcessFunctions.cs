using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.DynamoDBEvents;
using Amazon.Lambda.KinesisFirehoseEvents;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;
using DataToEvents.Adapters.Embedded;
using DataToEvents.Application.EventResponder;
using DataToEvents.Application.EventStorer;
using DataToEvents.Application.IntegrationEventEmitter;
using DataToEvents.Application.Signals;
using DataToEvents.Application.Transformer;
using DataToEvents.Domain.Catalog;
using DataToEvents.Emulator.Lambda;
using DataToEvents.Functions.EventResponder;
using DataToEvents.Functions.EventStorer;
using DataToEvents.Functions.IntegrationEventEmitter;
using DataToEvents.Functions.Transformer;
using Microsoft.Extensions.DependencyInjection;

namespace DataToEvents.Local.Hosting;

/// <summary>The functions in this process, with the directory's services for their ports, behind the same JSON as on Lambda.</summary>
internal static class InProcessFunctions
{
    public static PathFunctions Create(DataDirectory directory, EventCatalog catalog, TimeSpan timeout, FunctionHost host, ResponderOptions? options = null, IMetrics? metrics = null)
    {
        var view = new EmbeddedStreamView(directory.ViewTable, TimeProvider.System);
        var responder = new ServiceCollection()
            .AddEventResponder(options ?? new ResponderOptions())
            .AddSingleton<IStreamView>(view)
            .AddSingleton<IViewQueries>(view)
            .AddSingleton<IPayloadReader>(new EmbeddedPayloadStore(directory.Bucket, Names.Bucket))
            .BuildServiceProvider();
        return new PathFunctions(
            Transformer(directory, catalog, timeout, host, metrics),
            EventStorer(directory, timeout, host),
            Emitter(directory, timeout, host),
            InProcessFunction.Create<EventBridgeEvent>(Options("EventResponder", timeout), responder.GetRequiredService<EventResponderFunction>().Respond, new EventResponderSerializer(), host),
            InProcessFunction.Create<APIGatewayHttpApiV2ProxyRequest, APIGatewayHttpApiV2ProxyResponse>(
                Options("EventResponderApi", timeout), responder.GetRequiredService<ApiFunction>().Browse, new EventResponderSerializer(), host));
    }

    private static InProcessFunction Transformer(DataDirectory directory, EventCatalog catalog, TimeSpan timeout, FunctionHost host, IMetrics? metrics)
    {
        var function = Resolve<TransformerFunction>(services => (metrics is null ? services : services.AddSingleton(metrics))
            .AddTransformer(catalog, new TransformerOptions())
            .AddSingleton<IEventQueue>(new EmbeddedEventQueue(directory.Queue))
            .AddSingleton<IPayloadStore>(new EmbeddedPayloadStore(directory.Bucket, Names.Bucket)));
        return InProcessFunction.Create<KinesisFirehoseEvent, KinesisFirehoseResponse>(
            Options("Transformer", timeout), function.Handle, new SourceGeneratorLambdaJsonSerializer<TransformerJson>(), host);
    }

    private static InProcessFunction EventStorer(DataDirectory directory, TimeSpan timeout, FunctionHost host)
    {
        var function = Resolve<EventStorerFunction>(services => services
            .AddEventStorer(new EventStorerOptions())
            .AddSingleton<IEventStore>(new EmbeddedEventStore(directory.Table))
            .AddSingleton<IQuarantine>(new EmbeddedQuarantine(directory.Bucket))
            .AddSingleton<IDeadLetters>(new EmbeddedDeadLetters(directory.DeadLetters)));
        return InProcessFunction.Create<SQSEvent, SQSBatchResponse>(
            Options("EventStorer", timeout), function.Handle, new SourceGeneratorLambdaJsonSerializer<EventStorerJson>(), host);
    }

    private static InProcessFunction Emitter(DataDirectory directory, TimeSpan timeout, FunctionHost host)
    {
        var function = Resolve<IntegrationEventEmitterFunction>(services => services
            .AddIntegrationEventEmitter(new EmitterOptions())
            .AddSingleton<IEventPublisher>(new EmbeddedEventPublisher(directory.Bus)));
        return InProcessFunction.Create<DynamoDBEvent, StreamsEventResponse>(
            Options("IntegrationEventEmitter", timeout), function.Handle, new SourceGeneratorLambdaJsonSerializer<IntegrationEventEmitterJson>(), host);
    }

    private static FunctionOptions Options(string name, TimeSpan timeout) => new(name) { Timeout = timeout };

    private static T Resolve<T>(Func<IServiceCollection, IServiceCollection> compose)
        where T : notnull => compose(new ServiceCollection()).BuildServiceProvider().GetRequiredService<T>();
}
