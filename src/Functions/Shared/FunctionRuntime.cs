using Amazon.Lambda.RuntimeSupport;

namespace DataToEvents.Functions.Shared;

/// <summary>
/// Runs a function on Amazon's runtime client. Each <c>Program</c> uses it instead of the Main that Amazon's generator writes: that one builds the function before
/// the runtime client exists, so an error of the start would only end the process, and Lambda could not say what is wrong.
/// </summary>
internal static class FunctionRuntime
{
    /// <param name="handler">Receives the events.</param>
    /// <param name="start">Builds the function. What it throws is reported to Lambda as the error of the start.</param>
    public static async Task RunAsync(LambdaBootstrapBuilder handler, Action start)
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
