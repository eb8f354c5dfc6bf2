namespace DataToEvents.Emulator.Lambda;

/// <summary>The environment that Lambda documents for a function's process, on top of the host's own.</summary>
internal static class ProcessEnvironment
{
    /// <summary>Ctrl-C in a terminal goes to its whole foreground group. In a session of their own, functions live on while the host drains.</summary>
    private const string NewSession = "/usr/bin/setsid";

    /// <summary>The kernel kills a function when its host is gone, even a function that hangs.</summary>
    private static readonly string[] DieWithTheHost = ["/usr/bin/setpriv", "--pdeathsig", "KILL"];

    public static ProcessStartInfo StartInfo(FunctionOptions function, ProcessOptions process, string runtimeApi)
    {
        var path = Path.GetFullPath(process.Path);
        string[] command = [.. Tool(NewSession), .. Tool(DieWithTheHost), path, .. process.Arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = process.WorkingDirectory ?? Path.GetDirectoryName(path),
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Fill(start.Environment, function, process, runtimeApi);
        return start;
    }

    /// <summary>Both tools replace themselves with the command that follows, so the process keeps its id.</summary>
    private static string[] Tool(params string[] command) => OperatingSystem.IsLinux() && File.Exists(command[0]) ? command : [];

    private static void Fill(IDictionary<string, string?> variables, FunctionOptions function, ProcessOptions process, string runtimeApi)
    {
        // The user's own profile, region or endpoint would send a local function to the real AWS.
        foreach (var inherited in variables.Keys.Where(name => name.StartsWith("AWS_", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            variables.Remove(inherited);
        }

        variables["AWS_LAMBDA_RUNTIME_API"] = runtimeApi;
        variables["AWS_LAMBDA_FUNCTION_NAME"] = function.Name;
        variables["AWS_LAMBDA_FUNCTION_VERSION"] = function.Version;
        variables["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = function.MemoryMegabytes.ToString(CultureInfo.InvariantCulture);
        variables["AWS_LAMBDA_LOG_GROUP_NAME"] = function.LogGroup;
        variables["AWS_LAMBDA_LOG_STREAM_NAME"] = function.LogStream;
        variables["AWS_LAMBDA_INITIALIZATION_TYPE"] = "on-demand";
        variables["LAMBDA_TASK_ROOT"] = process.WorkingDirectory ?? Path.GetDirectoryName(Path.GetFullPath(process.Path));
        variables["AWS_REGION"] = function.Region;
        variables["AWS_DEFAULT_REGION"] = function.Region;
        variables["AWS_ACCESS_KEY_ID"] = "embedded";
        variables["AWS_SECRET_ACCESS_KEY"] = "embedded";
        variables["AWS_EC2_METADATA_DISABLED"] = "true";
        variables["TZ"] = ":UTC";
        if (process.Handler is not null)
        {
            variables["ANNOTATIONS_HANDLER"] = process.Handler;
            variables["_HANDLER"] = process.Handler;
        }

        foreach (var (name, value) in process.Environment)
        {
            variables[name] = value;
        }
    }
}
