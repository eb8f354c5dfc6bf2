using DataToEvents.Emulator.Lambda;

namespace DataToEvents.Local.Hosting;

/// <summary>The functions as processes, with the environment that Terraform gives them on AWS; what they take for AWS are the endpoints of this host.</summary>
internal sealed class ProcessFunctions(LocalOptions options, string url, FunctionHost host)
{
    /// <summary>Has a function write its metrics into its log.</summary>
    public const string MetricsSwitch = "EMF_METRICS";

    // More processes than cores would only wait for each other.
    private const int TransformerInstances = 2;
    private const int StorerInstances = 2;
    private const int EmitterInstances = 1;
    private const int ResponderInstances = 3;

    private readonly IFunctionFiles _files = options.Functions == FunctionsMode.Aws ? new PackagedFunctions(options) : new BuiltFunctions();

    /// <exception cref="UserErrorException">An executable is missing or does not start.</exception>
    public static async Task<PathFunctions> StartAsync(LocalOptions options, string url, FunctionHost host)
    {
        var started = new ProcessFunctions(options, url, host).StartAll();
        try
        {
            var functions = await Task.WhenAll(started);
            return new PathFunctions(functions[0], functions[1], functions[2], functions[3], functions[4]) { StorerInstances = StorerInstances };
        }
        catch (FunctionInitException fault)
        {
            foreach (var function in started.Where(function => function.IsCompletedSuccessfully))
            {
                await function.Result.DisposeAsync();
            }

            throw new UserErrorException(fault.Message);
        }
    }

    private Task<ProcessFunction>[] StartAll()
    {
        // All are looked for first, so that a missing one is reported before any is started.
        var (transformer, storer, emitter, responder) = (_files.Find("Transformer"), _files.Find("EventStorer"), _files.Find("IntegrationEventEmitter"), _files.Find("EventResponder"));
        var catalog = options.Catalog is { } file ? new Dictionary<string, string> { ["CATALOG_PATH"] = file.FullName } : [];
        Dictionary<string, string> consumer = new() { ["VIEW_TABLE_NAME"] = Names.ViewTable, ["PAYLOAD_BUCKET"] = Names.Bucket };
        return
        [
            StartAsync("Transformer", transformer, TransformerInstances, new(catalog)
            {
                ["QUEUE_URL"] = $"{url}/000000000000/{Names.Queue}",
                ["PAYLOAD_BUCKET"] = Names.Bucket,
                [MetricsSwitch] = "true",
            }),
            StartAsync("EventStorer", storer, StorerInstances, new()
            {
                ["TABLE_NAME"] = Names.Table,
                ["QUARANTINE_BUCKET"] = Names.Bucket,
                ["DEAD_LETTER_QUEUE_URL"] = $"{url}/000000000000/{Names.DeadLetterQueue}",
            }),
            StartAsync("IntegrationEventEmitter", emitter, EmitterInstances, new() { ["EVENT_BUS_NAME"] = Names.Bus }),
            StartAsync("EventResponder", responder, ResponderInstances, consumer, handler: "Respond"),
            StartAsync("EventResponderApi", responder, instances: 1, consumer, handler: "Browse"),
        ];
    }

    private Task<ProcessFunction> StartAsync(string name, string executable, int instances, Dictionary<string, string> environment, string handler = "Handle") =>
        ProcessFunction.StartAsync(
            new FunctionOptions(name) { Timeout = options.FunctionTimeout },
            new ProcessOptions(executable)
            {
                Handler = handler,
                Instances = instances,
                Environment = new Dictionary<string, string>(environment)
                {
                    ["AWS_ENDPOINT_URL"] = url,
                    // Instrumented code would double the work of eight processes that all warm up at once.
                    ["DOTNET_TieredPGO"] = "0",
                },
            },
            host);
}
