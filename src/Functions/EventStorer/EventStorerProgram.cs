using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;

namespace DataToEvents.Functions.EventStorer;

/// <summary>Starts the function.</summary>
internal static class EventStorerProgram
{
    public static Task Main() => FunctionRuntime.RunAsync(
        static () => new EventStorerFunction_Handle_Generated(),
        static (EventStorerFunction_Handle_Generated function, SQSEvent batch, ILambdaContext context) => function.Handle(batch, context),
        new SourceGeneratorLambdaJsonSerializer<EventStorerJson>());
}
