using System.Reflection;
using DataToEvents.Adapters.Embedded.Functions;

namespace DataToEvents.Functions.Tests;

/// <summary>A function that is configured wrongly says at its start, over the Runtime API, which variable is to be put right.</summary>
public sealed class InitTests
{
    private static readonly FunctionHost Host = new(TimeProvider.System, Random.Shared, new NoLog());

    [Theory]
    [InlineData("Transformer", "QUEUE_URL", null)]
    [InlineData("Transformer", "QUEUE_URL", "data-events-queue")]
    [InlineData("Transformer", "PAYLOAD_BUCKET", null)]
    [InlineData("Transformer", "INLINE_LIMIT", "much")]
    [InlineData("EventStorer", "TABLE_NAME", null)]
    [InlineData("EventStorer", "QUARANTINE_BUCKET", "Not A Bucket")]
    [InlineData("EventStorer", "KEEP_DAYS", "-1")]
    [InlineData("IntegrationEventEmitter", "EVENT_BUS_NAME", null)]
    [InlineData("EventResponder", "VIEW_TABLE_NAME", null)]
    [InlineData("EventResponder", "HANDLE_REPLAYS", "perhaps")]
    public async Task A_missing_or_malformed_variable_is_named_by_the_error_of_the_start(string function, string variable, string? value)
    {
        var environment = new Dictionary<string, string>
        {
            ["QUEUE_URL"] = "http://127.0.0.1:1/000000000000/q.fifo",
            ["PAYLOAD_BUCKET"] = "data-events",
            ["TABLE_NAME"] = "data-events",
            ["QUARANTINE_BUCKET"] = "data-events",
            ["EVENT_BUS_NAME"] = "data-events-bus",
            ["VIEW_TABLE_NAME"] = "data-events-view",
            ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:1",
        };
        environment.Remove(variable);
        if (value is not null)
        {
            environment[variable] = value;
        }

        var start = () => ProcessFunction.StartAsync(
            new FunctionOptions(function),
            new ProcessOptions(Executable(function)) { Handler = function == "EventResponder" ? "Respond" : "Handle", Environment = environment },
            Host);

        (await start.Should().ThrowAsync<FunctionInitException>()).Which.Error!.Message.Should().Contain(variable);
    }

    private static string Executable(string function)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "DataToEvents.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of the repository.");
        }

        var configuration = typeof(InitTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "Configuration").Value!;
        return Path.Combine(folder.FullName, "src", "Functions", function, "bin", configuration, "net10.0", $"DataToEvents.Functions.{function}");
    }
}

internal sealed class NoLog : IFunctionLog
{
    public void Write(string functionName, string line)
    {
    }
}
