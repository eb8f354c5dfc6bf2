using Amazon.Lambda.APIGatewayEvents;

namespace DataToEvents.Functions.EventResponder;

/// <summary>Starts one of the package's two functions: the one that the environment variable ANNOTATIONS_HANDLER names.</summary>
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
        nameof(ApiFunction.Browse) => FunctionRuntime.RunAsync(
            static () => new ApiFunction_Browse_Generated(),
            static (ApiFunction_Browse_Generated function, APIGatewayHttpApiV2ProxyRequest request, ILambdaContext context) => function.Browse(request, context),
            new EventResponderSerializer()),
        var other => FunctionRuntime.RefuseAsync(
            $"The environment variable {Variable} is {(other is null ? "not set" : $"\"{other}\"")}. It must be {nameof(EventResponderFunction.Respond)} (takes events from the bus) or {nameof(ApiFunction.Browse)} (answers the HTTP API)."),
    };
}
