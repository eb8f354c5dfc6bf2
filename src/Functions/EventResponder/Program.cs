using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using DataToEvents.Functions.Shared;

namespace DataToEvents.Functions.EventResponder;

/// <summary>Starts one of the two functions. The environment variable ANNOTATIONS_HANDLER names it, as it does for the Main that Amazon's generator writes.</summary>
internal static class Program
{
    private const string Variable = "ANNOTATIONS_HANDLER";

    public static Task Main() => Setting.Optional(Variable) switch
    {
        nameof(Function.Respond) => RespondAsync(),
        nameof(ApiFunction.Browse) => BrowseAsync(),
        var other => RefuseAsync(other),
    };

    private static Task RespondAsync()
    {
        Function_Respond_Generated? function = null;
        Func<BusEvent, ILambdaContext, Task> respond = (received, context) => function!.Respond(received, context);
        return FunctionRuntime.RunAsync(LambdaBootstrapBuilder.Create(respond, new FunctionSerializer()), () => function = new Function_Respond_Generated());
    }

    private static Task BrowseAsync()
    {
        ApiFunction_Browse_Generated? function = null;
        Func<APIGatewayHttpApiV2ProxyRequest, ILambdaContext, Task<APIGatewayHttpApiV2ProxyResponse>> browse = (request, context) => function!.Browse(request, context);
        return FunctionRuntime.RunAsync(LambdaBootstrapBuilder.Create(browse, new FunctionSerializer()), () => function = new ApiFunction_Browse_Generated());
    }

    /// <summary>Reported to Lambda as the error of the start, as any other wrong setting is.</summary>
    private static Task RefuseAsync(string? name)
    {
        Func<Stream, Stream> nothing = input => input;
        return FunctionRuntime.RunAsync(LambdaBootstrapBuilder.Create(nothing), () => throw new InvalidOperationException(
            $"The environment variable {Variable} is {(name is null ? "not set" : $"\"{name}\"")}. It must be {nameof(Function.Respond)} (takes events from the bus) or {nameof(ApiFunction.Browse)} (answers the HTTP API)."));
    }
}
