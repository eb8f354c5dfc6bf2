namespace DataToEvents.Benchmarks.Functions;

/// <summary>A packaged function running as its own process, and what the kernel says of it.</summary>
internal sealed partial class MeasuredProcess : IDisposable
{
    private const int LinesShown = 5;

    private readonly Process _process;
    private int _lines;

    private MeasuredProcess(Process process, long startedAt) => (_process, StartedAt) = (process, startedAt);

    public long StartedAt { get; }

    public static MeasuredProcess Start(string executable, IReadOnlyDictionary<string, string> environment, string runtimeApi)
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
        var started = new MeasuredProcess(Process.Start(start)!, startedAt);
        started._process.OutputDataReceived += (_, line) => started.Show(line.Data);
        started._process.ErrorDataReceived += (_, line) => started.Show(line.Data);
        started._process.BeginOutputReadLine();
        started._process.BeginErrorReadLine();
        return started;
    }

    /// <summary>User and system time so far, of all threads. /proc tells it in hundredths of a second only (clock_getcpuclockid(3) in nanoseconds).</summary>
    public double CpuMilliseconds()
    {
        if (GetCpuClock(_process.Id, out var clock) != 0 || GetTime(clock, out var time) != 0)
        {
            throw new InvalidOperationException($"The processor time of process {_process.Id} cannot be read: has it ended?");
        }

        return (time.Seconds * 1e3) + (time.Nanoseconds / 1e6);
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
        if (_lines > LinesShown)
        {
            Console.Error.WriteLine($"... and {_lines - LinesShown} lines more of this process.");
        }
    }

    /// <summary>The first lines that a function writes: its complaints must be seen beside good figures, but one for each record hides the figures.</summary>
    private void Show(string? line)
    {
        if (line is not null && Interlocked.Increment(ref _lines) <= LinesShown)
        {
            Console.Error.WriteLine(line);
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_getcpuclockid")]
    private static partial int GetCpuClock(int process, out int clock);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpec time);

    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
