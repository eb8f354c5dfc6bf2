namespace DataToEvents.EndToEnd.Tests;

/// <summary>Runs generator or operator as a person does.</summary>
internal static class ToolProcess
{
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string tool, params string[] arguments)
    {
        using var process = Start(tool, arguments);
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await errors);
    }

    /// <summary>Runs the generator until its first progress line, then types Ctrl-C.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> InterruptAsync(params string[] arguments)
    {
        // Processes of a shell's background job ignore Ctrl-C, and so would the generator if the tests run in one.
        using var process = Start("env", ["--default-signal=INT", BuiltTools.Generator, .. arguments]);
        var errors = process.StandardError.ReadToEndAsync();
        var progress = await process.StandardOutput.ReadLineAsync();
        using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        var output = progress + Environment.NewLine + await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await errors);
    }

    private static Process Start(string executable, string[] arguments) =>
        Process.Start(new ProcessStartInfo(executable, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
}
