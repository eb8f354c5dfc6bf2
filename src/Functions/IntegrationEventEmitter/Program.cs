using Amazon.Lambda.Core;
using Amazon.Lambda.DynamoDBEvents;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;
using DataToEvents.Functions.Shared;

namespace DataToEvents.Functions.IntegrationEventEmitter;

/// <summary>Starts the function.</summary>
internal static class Program
{
    public static Task Main()
    {
        Function_Handle_Generated? function = null;
        Func<DynamoDBEvent, ILambdaContext, Task<StreamsEventResponse>> handle = (batch, context) => function!.Handle(batch, context);
        return FunctionRuntime.RunAsync(LambdaBootstrapBuilder.Create(handle, new SourceGeneratorLambdaJsonSerializer<FunctionJson>()), () => function = new Function_Handle_Generated());
    }
}
