using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.SQSEvents;

namespace DataToEvents.Functions.EventResponder;

/// <summary>Starts one of the package's three functions: the one that the environment variable ANNOTATIONS_HANDLER names.</summary>
internal static class EventResponderProgram
{
    // Amazon's generated Main reads the same variable.
    private const string Variable = "ANNOTATIONS_HANDLER";

    public static Task Main() => Setting.Optional(Variable) switch
    {
        nameof(EventResponderFunction.Respond) => FunctionRuntime.RunAsync(
            static () => new EventResponderFunction_Respond_Generated(),
            static (EventResponderFunction_Respond_Generated function, EventBridgeEvent received, ILambdaContext context) => function.Respond(received, context),
            new EventResponderSerializer()),
        nameof(EventResponderQueueFunction.RespondToBatch) => FunctionRuntime.RunAsync(
            static () => new EventResponderQueueFunction_RespondToBatch_Generated(),
            static (EventResponderQueueFunction_RespondToBatch_Generated function, SQSEvent batch, ILambdaContext context) => function.RespondToBatch(batch, context),
            new EventResponderSerializer()),
        nameof(ApiFunction.Browse) => FunctionRuntime.RunAsync(
            static () => new ApiFunction_Browse_Generated(),
            static (ApiFunction_Browse_Generated function, APIGatewayHttpApiV2ProxyRequest request, ILambdaContext context) => function.Browse(request, context),
            new EventResponderSerializer()),
        var other => FunctionRuntime.RefuseAsync(
            $"The environment variable {Variable} is {(other is null ? "not set" : $"\"{other}\"")}. It must be {nameof(EventResponderFunction.Respond)} (takes events from the bus), {nameof(EventResponderQueueFunction.RespondToBatch)} (takes them from a queue in batches) or {nameof(ApiFunction.Browse)} (answers the HTTP API)."),
    };
}
