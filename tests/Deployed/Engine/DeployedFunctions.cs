using DataToEvents.Deployed.Tests.Discovery;
using DataToEvents.Deployed.Tests.Permissions;
using DataToEvents.Emulator.Lambda;

namespace DataToEvents.Deployed.Tests.Engine;

/// <summary>
/// The functions' own executables with their deployed environment, the address of AWS, and their credentials.
/// </summary>
internal sealed class DeployedFunctions : IAsyncDisposable
{
    private const int MostInstances = 4;

    /// <summary>The folder into which Lambda unpacks a function's zip.</summary>
    private const string TaskRoot = "/var/task/";

    private readonly Deployment _deployment;
    private readonly Dictionary<string, LateFunction> _places;
    private readonly List<ProcessFunction> _running = [];

    public DeployedFunctions(Deployment deployment)
    {
        _deployment = deployment;
        _places = deployment.Functions.ToDictionary(function => function.Arn, function => new LateFunction(function.Name));
    }

    public IInvocable this[string arn] => _places[_deployment.Function(arn).Arn];

    /// <exception cref="FunctionInitException">A function does not start. The message names it and has what it wrote.</exception>
    public async Task StartAsync(FunctionPackages packages, string endpoint, IFunctionLog log)
    {
        // Deadlines of invocations are in real time.
        var host = new FunctionHost(TimeProvider.System, Random.Shared, log);
        foreach (var function in _deployment.Functions)
        {
            var live = await StartAsync(function, packages, endpoint, host);
            _places[function.Arn].Set(function.Canary is { } canary ? new SplitFunction(live, await StartAsync(canary.Function, packages, endpoint, host), canary.Share) : live);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var function in _running)
        {
            await function.DisposeAsync();
        }
    }

    private async Task<ProcessFunction> StartAsync(DeployedFunction function, FunctionPackages packages, string endpoint, FunctionHost host)
    {
        var process = await ProcessFunction.StartAsync(Options(function), Process(function, packages, endpoint), host);
        _running.Add(process);
        return process;
    }

    private FunctionOptions Options(DeployedFunction function) => new(function.Name)
    {
        Timeout = function.Timeout,
        MemoryMegabytes = function.MemoryMegabytes,
        Region = _deployment.Region,
        Account = _deployment.Account,
    };

    private static ProcessOptions Process(DeployedFunction function, FunctionPackages packages, string endpoint)
    {
        var bootstrap = packages.BootstrapOf(function);
        return new ProcessOptions(bootstrap)
        {
            Instances = Math.Min(function.Concurrency ?? MostInstances, MostInstances),
            Environment = new Dictionary<string, string>(function.Environment.Select(variable => Unpacked(function, variable, Path.GetDirectoryName(bootstrap)!)))
            {
                ["AWS_ENDPOINT_URL"] = endpoint,
                ["AWS_ACCESS_KEY_ID"] = CallerPolicy.KeyOf(function),
                ["AWS_SECRET_ACCESS_KEY"] = "none",
            },
        };
    }

    /// <summary>A variable with a path into the package must name a file that the package has.</summary>
    private static KeyValuePair<string, string> Unpacked(DeployedFunction function, KeyValuePair<string, string> variable, string folder)
    {
        // The folder of certificates does not exist here on purpose: it counts as empty.
        if (variable.Key == "SSL_CERT_DIR" || !variable.Value.StartsWith(TaskRoot, StringComparison.Ordinal))
        {
            return variable;
        }

        var path = Path.Combine(folder, variable.Value[TaskRoot.Length..]);
        return Path.Exists(path)
            ? KeyValuePair.Create(variable.Key, path)
            : throw new DeploymentException($"{function.Name} has {variable.Key} = {variable.Value}, and its package has no {variable.Value[TaskRoot.Length..]}.");
    }
}
