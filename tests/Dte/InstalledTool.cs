namespace DataToEvents.Dte.Tests;

/// <summary><c>dte</c>, installed from its package into a folder of its own, with an empty package cache and no other package source.</summary>
public sealed class InstalledTool : IAsyncLifetime
{
    public const string Version = "0.0.0-test";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dte-");

    public string Packages => Path.Combine(_folder.FullName, "packages");

    public string Executable => Path.Combine(_folder.FullName, "tools", "dte");

    /// <summary>A folder without any file of the repository.</summary>
    public string Elsewhere => _folder.CreateSubdirectory("elsewhere").FullName;

    public async Task InitializeAsync()
    {
        await DteProcess.PackDteAsync(Packages, Version);
        // Not above the folder in which the tool is used: NuGet would read it there too.
        var config = Path.Combine(_folder.CreateSubdirectory("config").FullName, "NuGet.Config");
        await File.WriteAllTextAsync(config, $"""<configuration><packageSources><clear /><add key="release" value="{Packages}" /></packageSources></configuration>""");
        var (exitCode, output, errors) = await DteProcess.RunAsync(
            "dotnet", ["tool", "install", "DataToEvents.Tool", "--version", Version, "--tool-path", Path.GetDirectoryName(Executable)!, "--configfile", config], _folder.FullName,
            new Dictionary<string, string> { ["NUGET_PACKAGES"] = Path.Combine(_folder.FullName, "cache") });
        exitCode.Should().Be(0, "{0}{1}", output, errors);
    }

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    public Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) => DteProcess.RunAsync(Executable, arguments, Elsewhere);

    public Process Start(params string[] arguments) => DteProcess.Start(Executable, arguments, Elsewhere);
}
