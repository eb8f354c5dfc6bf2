using System.Diagnostics;
using System.Globalization;

namespace DataToEvents.Benchmarks.Functions;

/// <summary>A packaged function running as its own process, and what the kernel says of it.</summary>
internal sealed class FunctionProcess : IDisposable
{
    // Linux: /proc's times are in hundredths of a second everywhere (USER_HZ).
    private const double MillisecondsPerTick = 10;
    private const int UserTime = 11;
    private const int SystemTime = 12;

    private readonly Process _process;

    private FunctionProcess(Process process, long startedAt) => (_process, StartedAt) = (process, startedAt);

    public long StartedAt { get; }

    public static FunctionProcess Start(string executable, IReadOnlyDictionary<string, string> environment, string runtimeApi)
    {
        var start = new ProcessStartInfo(executable) { WorkingDirectory = Path.GetDirectoryName(executable), RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(name => !name.StartsWith("DOTNET_GC", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["AWS_LAMBDA_RUNTIME_API"] = runtimeApi;
        start.Environment["AWS_LAMBDA_FUNCTION_NAME"] = "benchmark";
        start.Environment["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST";
        start.Environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = "1769";
        start.Environment["ANNOTATIONS_HANDLER"] = "Handle";
        start.Environment["AWS_REGION"] = "us-east-1";
        start.Environment["AWS_ACCESS_KEY_ID"] = "benchmark";
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "benchmark";
        start.Environment["AWS_SESSION_TOKEN"] = "benchmark";
        start.Environment["LAMBDA_TASK_ROOT"] = start.WorkingDirectory;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var startedAt = Stopwatch.GetTimestamp();
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Show(line.Data);
        process.ErrorDataReceived += (_, line) => Show(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new FunctionProcess(process, startedAt);
    }

    /// <summary>User and system time so far.</summary>
    public double CpuMilliseconds()
    {
        // The name in parentheses may hold spaces: what is counted begins behind it.
        var fields = File.ReadAllText($"/proc/{_process.Id}/stat").Split(')')[^1].Trim().Split(' ');
        return (long.Parse(fields[UserTime], CultureInfo.InvariantCulture) + long.Parse(fields[SystemTime], CultureInfo.InvariantCulture)) * MillisecondsPerTick;
    }

    public double PeakMegabytes()
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").Single(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    // What a function complains of must not stay unseen behind good figures.
    private static void Show(string? line)
    {
        if (line is not null)
        {
            Console.Error.WriteLine(line);
        }
    }
}
