namespace DataToEvents.Deployed.Tests.Wiring;

/// <summary>Runs the driver's scripts: Amazon's SDK for Python, which knows nothing of this project.</summary>
internal static class Driver
{
    public static string Python { get; } = "python3";

    /// <returns>The output of the script.</returns>
    /// <exception cref="InvalidOperationException">The script failed. The message has its output.</exception>
    public static Task<string> RunAsync(string script, IEnumerable<string> arguments, string input = "") =>
        Command.RunAsync(Python, [Path.Combine(BuiltTools.Root, "tests", "Deployed", "driver", script), .. arguments], input);
}
