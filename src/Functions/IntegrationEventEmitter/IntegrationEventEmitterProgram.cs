using Amazon.Lambda.DynamoDBEvents;
using Amazon.Lambda.Serialization.SystemTextJson;

namespace DataToEvents.Functions.IntegrationEventEmitter;

/// <summary>Starts the function.</summary>
internal static class IntegrationEventEmitterProgram
{
    public static Task Main() => FunctionRuntime.RunAsync(
        static () => new IntegrationEventEmitterFunction_Handle_Generated(),
        static (IntegrationEventEmitterFunction_Handle_Generated function, DynamoDBEvent batch, ILambdaContext context) => function.Handle(batch, context),
        new SourceGeneratorLambdaJsonSerializer<IntegrationEventEmitterJson>());
}
