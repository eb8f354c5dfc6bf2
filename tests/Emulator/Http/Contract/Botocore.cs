namespace DataToEvents.Emulator.Tests.Http.Contract;

/// <summary>Skips the class where Amazon's SDK for Python is not installed.</summary>
public sealed class NeedsBotocoreAttribute : NeedsAttribute
{
    public override string? Missing => Botocore.MissingModule("boto3");
}

/// <summary>Skips the class where moto's server is not installed.</summary>
public sealed class NeedsMotoAttribute : NeedsAttribute
{
    public override string? Missing => Botocore.MissingModule("boto3, flask_cors, moto.server");
}

/// <summary>Calls made by Amazon's SDK for Python.</summary>
internal static class Botocore
{
    private const string Python = "python3";

    private static readonly string Scripts = Path.Combine(AppContext.BaseDirectory, "Http", "Contract");

    public static string? MissingModule(string modules)
    {
        try
        {
            using var probe = Process.Start(Redirected("-c", $"import {modules}"))!;
            probe.WaitForExit();
            return probe.ExitCode == 0 ? null : $"A module of Python's is missing of {modules}. Install them: pip install 'moto[server]' boto3";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "Python 3 is missing. Install it, and: pip install 'moto[server]' boto3";
        }
    }

    /// <summary>Makes the calls to one service and returns a line for each call and its response, without the resource's name.</summary>
    public static async Task<string[]> CallAsync(string service, string endpoint, string resource) =>
        [.. (await RunAsync("calls.py", service, endpoint, resource)).Replace(resource, "RESOURCE", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>The calls that got another response than expected.</summary>
    public static IEnumerable<string> Differences(string[] expected, string[] answers) =>
        Enumerable.Range(0, Math.Max(expected.Length, answers.Length))
            .Select(call => (Expected: expected.ElementAtOrDefault(call), Answered: answers.ElementAtOrDefault(call)))
            .Where(call => call.Expected != call.Answered)
            .Select(call => $"{Environment.NewLine}expected {call.Expected}{Environment.NewLine}answered {call.Answered}");

    public static async Task<string> RunAsync(string script, params string[] arguments)
    {
        using var process = Process.Start(Redirected([Path.Combine(Scripts, script), .. arguments]))!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.Should().Be(0, "{0} said: {1}", script, await errors);
        return output;
    }

    public static ProcessStartInfo Redirected(params string[] arguments)
    {
        var start = new ProcessStartInfo(Python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        // Neither the user's profile nor the settings of other tests may direct the calls elsewhere.
        foreach (var inherited in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(inherited);
        }

        return start;
    }
}
