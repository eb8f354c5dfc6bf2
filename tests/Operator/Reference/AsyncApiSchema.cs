namespace DataToEvents.Operator.Tests.Reference;

/// <summary>AsyncAPI's own schema, by way of tests/emulators/asyncapi.</summary>
internal static class AsyncApiSchema
{
    private const int Unavailable = 69;

    private static readonly Lazy<string?> Check = new(() => Run() is (Unavailable, var why) ? why : null);

    /// <summary>What to install, or null.</summary>
    public static string? Missing => Check.Value;

    public static (int ExitCode, string Said) Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("sh", [Path.Combine(ReferenceTests.Root(), "tests", "emulators", "asyncapi"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var said = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        process.WaitForExit();
        return (process.ExitCode, said);
    }
}

/// <summary>A fact that is skipped, with what to install, where AsyncAPI's schema is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AsyncApiTheoryAttribute : TheoryAttribute
{
    public override string? Skip => base.Skip ?? AsyncApiSchema.Missing;
}
