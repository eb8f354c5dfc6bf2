namespace DataToEvents.Terraform.Tests.Running;

/// <param name="ExitCode">0 is success, 69 is "not installed" (EX_UNAVAILABLE of sysexits.h).</param>
internal sealed record Outcome(int ExitCode, string Output, string Errors)
{
    public const int Unavailable = 69;

    public string Text => Output + Errors;
}

internal static class Shell
{
    /// <summary>Runs a program without the caller's AWS settings: what it may reach is what <paramref name="environment"/> says.</summary>
    public static async Task<Outcome> RunAsync(
        string folder, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? input = null)
    {
        using var process = Process.Start(Program(folder, program, arguments, environment))!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return new Outcome(process.ExitCode, await output, await errors);
    }

    /// <inheritdoc cref="RunAsync"/>
    public static ProcessStartInfo Program(string folder, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
