using System.Reflection;
using DataToEvents.Emulator.Lambda;

namespace DataToEvents.Functions.Tests;

/// <summary>A function as a process of its own, behind the Runtime API.</summary>
internal static class FunctionStart
{
    /// <summary>The variables of all functions together.</summary>
    public static Dictionary<string, string> Environment(string awsEndpoint) => new()
    {
        ["QUEUE_URL"] = $"{awsEndpoint}/000000000000/q.fifo",
        ["PAYLOAD_BUCKET"] = "data-events",
        ["TABLE_NAME"] = "data-events",
        ["QUARANTINE_BUCKET"] = "data-events",
        ["DEAD_LETTER_QUEUE_URL"] = $"{awsEndpoint}/000000000000/dead.fifo",
        ["EVENT_BUS_NAME"] = "data-events-bus",
        ["VIEW_TABLE_NAME"] = "data-events-view",
        ["AWS_ENDPOINT_URL"] = awsEndpoint,
    };

    /// <exception cref="FunctionInitException">The function reported an error of its start.</exception>
    public static Task<ProcessFunction> OfAsync(string function, IReadOnlyDictionary<string, string> environment, IFunctionLog? log = null) =>
        OfAsync(function, environment, function == "EventResponder" ? "Respond" : "Handle", log);

    /// <param name="handler">The value of ANNOTATIONS_HANDLER; null leaves it unset.</param>
    /// <inheritdoc cref="OfAsync(string, IReadOnlyDictionary{string, string}, IFunctionLog)"/>
    public static Task<ProcessFunction> OfAsync(string function, IReadOnlyDictionary<string, string> environment, string? handler, IFunctionLog? log = null) => ProcessFunction.StartAsync(
        new FunctionOptions(function),
        new ProcessOptions(Executable(function)) { Handler = handler, Environment = environment },
        log is null ? Invoked.Host : new FunctionHost(TimeProvider.System, Random.Shared, log));

    /// <summary>The repository's folder.</summary>
    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "DataToEvents.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of the repository.");
        }

        return folder.FullName;
    }

    private static string Executable(string function)
    {
        var configuration = typeof(FunctionStart).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "Configuration").Value!;
        return Path.Combine(Root(), "src", "Functions", function, "bin", configuration, "net10.0", $"DataToEvents.Functions.{function}");
    }
}
