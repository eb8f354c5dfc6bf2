namespace DataToEvents.Dte.Tests;

/// <summary>Runs a program to its end.</summary>
internal static class DteProcess
{
    private const string Configuration =
#if DEBUG
        "Debug";
#else
        "Release";
#endif

    /// <summary>Two that pack one project at a time would write the same files.</summary>
    private static readonly SemaphoreSlim Packing = new(1);

    public static string Root { get; } = FindRoot();

    /// <summary>The executable of a tool, where the build put it.</summary>
    public static string Built(string project, string executable) => Path.Combine(Root, "tools", project, "bin", Configuration, "net10.0", executable);

    /// <summary>Packs <c>dte</c> as it is built, as `make release` does.</summary>
    /// <param name="folder">Gets the package.</param>
    /// <param name="version">The package's version.</param>
    public static Task PackDteAsync(string folder, string version) => PackAsync("tools/Dte", folder, version, "--no-build");

    /// <summary>Packs the templates for `dotnet new`.</summary>
    public static Task PackTemplatesAsync(string folder, string version) => PackAsync("templates/Templates.csproj", folder, version);

    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string program, string[] arguments, string? folder = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        using var process = Start(program, arguments, folder, environment);
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await errors);
    }

    public static Process Start(string program, string[] arguments, string? folder = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder ?? "" };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static async Task PackAsync(string project, string folder, string version, params string[] more)
    {
        await Packing.WaitAsync();
        try
        {
            var (exitCode, output, errors) = await RunAsync("dotnet", ["pack", project, "-c", Configuration, .. more, "-o", folder, $"-p:Version={version}", "--nologo"], Root);
            exitCode.Should().Be(0, "{0}{1}", output, errors);
        }
        finally
        {
            Packing.Release();
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "DataToEvents.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of the repository.");
        }

        return folder.FullName;
    }
}
