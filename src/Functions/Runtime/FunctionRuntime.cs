using Amazon.Lambda.RuntimeSupport;

namespace DataToEvents.Functions.Runtime;

/// <summary>
/// Runs a function on Amazon's runtime client. Each program uses it instead of the Main that Amazon's generator writes. That Main builds the function
/// before the runtime client exists: an error at the start would end the process, and Lambda could not say what is wrong.
/// </summary>
public static class FunctionRuntime
{
    /// <summary>Runs a function that answers.</summary>
    /// <param name="start">Builds the function. An exception is reported to Lambda as an initialization error.</param>
    /// <param name="handle">Calls the function with an event.</param>
    /// <param name="serializer">Reads events and writes answers.</param>
    public static Task RunAsync<TFunction, TEvent, TAnswer>(
        Func<TFunction> start, Func<TFunction, TEvent, ILambdaContext, Task<TAnswer>> handle, ILambdaSerializer serializer)
        where TFunction : class
    {
        TFunction? function = null;
        Func<TEvent, ILambdaContext, Task<TAnswer>> handler = (received, context) => handle(function!, received, context);
        return RunAsync(LambdaBootstrapBuilder.Create(handler, serializer), () => function = start());
    }

    /// <summary>Runs a function that does not answer.</summary>
    public static Task RunAsync<TFunction, TEvent>(Func<TFunction> start, Func<TFunction, TEvent, ILambdaContext, Task> handle, ILambdaSerializer serializer)
        where TFunction : class
    {
        TFunction? function = null;
        Func<TEvent, ILambdaContext, Task> handler = (received, context) => handle(function!, received, context);
        return RunAsync(LambdaBootstrapBuilder.Create(handler, serializer), () => function = start());
    }

    /// <summary>Runs no function: tells Lambda that the start failed, and why.</summary>
    public static Task RefuseAsync(string reason)
    {
        Func<Stream, Stream> nothing = static input => input;
        return RunAsync(LambdaBootstrapBuilder.Create(nothing), () => throw new InvalidOperationException(reason));
    }

    private static async Task RunAsync(LambdaBootstrapBuilder handler, Action start)
    {
        using var bootstrap = handler
            .UseBootstrapHandler(() =>
            {
                start();
                return Task.FromResult(true);
            })
            .Build();
        await bootstrap.RunAsync();
    }
}
