using System.IO.Compression;
using System.Xml.Linq;

namespace DataToEvents.Dte.Tests;

/// <summary>The package of <c>dte</c>: what it says of itself, and that it works where there is no repository.</summary>
public sealed class ToolPackageTests(InstalledTool tool) : IClassFixture<InstalledTool>
{
    [Fact]
    public void The_package_says_what_it_is_and_holds_what_it_names()
    {
        using var package = ZipFile.OpenRead(Path.Combine(tool.Packages, $"DataToEvents.Tool.{InstalledTool.Version}.nupkg"));
        using var nuspec = package.GetEntry("DataToEvents.Tool.nuspec")!.Open();
        var said = XDocument.Load(nuspec).Root!.Elements().Single().Elements().ToDictionary(element => element.Name.LocalName, element => element.Value);

        said["authors"].Should().Be("The DataToEvents maintainers");
        said["license"].Should().Be("MIT");
        said["description"].Should().StartWith("dte: ");
        package.GetEntry(said["readme"]).Should().NotBeNull();
        package.GetEntry(said["icon"]).Should().NotBeNull();
        File.Exists(Path.Combine(tool.Packages, $"DataToEvents.Tool.{InstalledTool.Version}.snupkg")).Should().BeTrue("a debugger finds symbols there");
    }

    [Fact]
    public async Task An_installed_tool_runs_the_path_and_proves_what_it_was_sent()
    {
        using var host = await ToolHost.StartAsync(tool, "--data", ".data");
        using var client = new HttpClient { BaseAddress = new Uri(host.Url) };
        (await client.GetStringAsync("/_page/")).Should().Contain("<html", "the page comes along");
        (await tool.RunAsync("send", "--endpoint-url", host.Url, "--count", "100", "--ledger", "run.ledger")).ExitCode.Should().Be(0);

        var (exitCode, output, errors) = await tool.RunAsync("verify", "--ledger", "run.ledger");

        exitCode.Should().Be(0, "{0}{1}", output, errors);

        var lake = await tool.RunAsync("lake", "query", "SELECT count(DISTINCT id) AS events FROM events", "--json");

        lake.ExitCode.Should().Be(0, "{0}{1}", lake.Output, lake.Errors);
        lake.Output.Should().StartWith("""{"rows":[{"events":100}]""");
    }

    [Fact]
    public void The_package_leaves_DuckDBs_own_library_to_who_asks_a_lake()
    {
        using var package = ZipFile.OpenRead(Path.Combine(tool.Packages, $"DataToEvents.Tool.{InstalledTool.Version}.nupkg"));

        var names = package.Entries.Select(entry => entry.Name).ToList();

        names.Should().Contain("DuckDB.NET.Data.dll").And.NotContain(["libduckdb.so", "libduckdb.dylib", "duckdb.dll"]);
    }

    [Fact]
    public async Task Functions_as_processes_need_a_clone_and_the_tool_says_so()
    {
        var (exitCode, _, errors) = await tool.RunAsync("run", "--no-feed", "--port", "0", "--data", "processes", "--functions", "process");

        exitCode.Should().Be(2);
        errors.Should().Contain("A clone of the repository builds it");
    }
}
