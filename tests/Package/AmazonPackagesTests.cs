using System.IO.Compression;

namespace DataToEvents.Package.Tests;

/// <summary>
/// Runs scripts/amazon-packages and builds with its answer, on a copy of the repository's files. The package source is a folder with the packages that a test puts there.
/// </summary>
public sealed class AmazonPackagesTests : IDisposable
{
    private const string Lambda = "AmazonLambdaPackages";
    private const string Sdk = "AmazonSdkPackages";

    private static readonly string Repository = FindRepository();
    private static readonly (string Id, string Version)[] Pins = ReadPins();

    private readonly string _folder = Directory.CreateTempSubdirectory("amazon-packages-").FullName;

    public AmazonPackagesTests()
    {
        foreach (var file in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json", "scripts/amazon-packages" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(InFolder(file))!);
            File.Copy(Path.Combine(Repository, file), InFolder(file));
        }

        foreach (var project in Directory.EnumerateFiles(Path.Combine(Repository, "standins"), "*.csproj", SearchOption.AllDirectories))
        {
            var standIn = InFolder(Path.GetRelativePath(Repository, project));
            Directory.CreateDirectory(Path.GetDirectoryName(standIn)!);
            File.WriteAllText(standIn, "<Project />");
        }

        Directory.CreateDirectory(InFolder("source"));
        UseSource("source");
        File.WriteAllText(InFolder("Consumer.proj"), """
            <Project Sdk="Microsoft.NET.Sdk"><ItemGroup><AmazonPackage Include="Amazon.Lambda.Core;Amazon.Lambda.Annotations;AWSSDK.EventBridge" /></ItemGroup></Project>
            """);
    }

    private static IEnumerable<(string Id, string Version)> LambdaPins => Pins.Where(pin => pin.Id.StartsWith("Amazon.Lambda.", StringComparison.Ordinal));

    private static IEnumerable<(string Id, string Version)> SdkPins => Pins.Except(LambdaPins);

    private string Answer => InFolder("artifacts/amazon-packages.props");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_the_source_serves_is_built_with_and_nobody_is_asked_twice()
    {
        Serve(Pins);

        (await AskAsync()).Should().Be("Amazon's packages: all from the package source.");
        Directory.Delete(InFolder("source"), recursive: true);
        (await AskAsync()).Should().Be("Amazon's packages: all from the package source.");

        (await ReferencesAsync()).Should().Equal("package AWSSDK.EventBridge", "package Amazon.Lambda.Annotations", "package Amazon.Lambda.Core");
    }

    [Fact]
    public async Task What_it_does_not_serve_is_stood_in_for_and_one_of_them_is_named()
    {
        (await AskAsync()).Should().StartWith("Amazon's packages: stand-ins for all: the package source does not serve ").And.Contain($" and {Pins.Length - 1} more");

        (await ReferencesAsync()).Should().Equal("stand-in AWSSDK.EventBridge", "stand-in Amazon.Lambda.Annotations", "stand-in Amazon.Lambda.Annotations.SourceGenerator", "stand-in Amazon.Lambda.Core");
    }

    [Fact]
    public async Task A_group_is_taken_whole_or_not_at_all()
    {
        Serve(Pins.Where(pin => pin.Id != "Amazon.Lambda.SQSEvents"));

        (await AskAsync()).Should().Be(
            "Amazon's packages: stand-ins for Amazon.Lambda.*, the AWSSDK clients from the package source: the package source does not serve Amazon.Lambda.SQSEvents "
            + $"{Pins.Single(pin => pin.Id == "Amazon.Lambda.SQSEvents").Version} (artifacts/amazon-packages/restore.log).");

        (await PropertiesAsync()).Should().Be(("standin", "nuget"));
    }

    [Theory]
    [InlineData("0.0.1")]
    [InlineData("99.0.0")]
    public async Task Another_version_than_the_pinned_one_does_not_do(string version)
    {
        Serve(LambdaPins);
        Serve(SdkPins.Select(pin => (pin.Id, version)));

        (await AskAsync()).Should().StartWith("Amazon's packages: stand-ins for the AWSSDK clients, Amazon.Lambda.* from the package source: ");

        (await PropertiesAsync()).Should().Be(("nuget", "standin"));
    }

    [Fact]
    public async Task A_source_that_cannot_be_asked_breaks_no_build_and_is_asked_again_the_next_time()
    {
        UseSource("http://127.0.0.1:1/index.json");
        (await AskAsync()).Should().Match("Amazon's packages: stand-ins for all, for now: the package source could not be asked (error NU1301). The next make asks again*");
        (await PropertiesAsync()).Should().Be(("standin", "standin"));

        UseSource("source");
        Serve(Pins);
        (await AskAsync()).Should().Be("Amazon's packages: all from the package source.");
    }

    [Fact]
    public async Task It_is_asked_again_when_a_version_changes()
    {
        Serve(Pins);
        await AskAsync();
        var pins = File.ReadAllText(InFolder("Directory.Packages.props"));
        File.WriteAllText(InFolder("Directory.Packages.props"), pins.Replace($"\"Amazon.Lambda.Core\" Version=\"{LambdaPins.Single(pin => pin.Id == "Amazon.Lambda.Core").Version}\"", "\"Amazon.Lambda.Core\" Version=\"98.0.0\"", StringComparison.Ordinal));

        (await AskAsync()).Should().Contain("stand-ins for Amazon.Lambda.*").And.Contain("Amazon.Lambda.Core 98.0.0");
    }

    [Theory]
    [InlineData("nuget", "all from the package source (AmazonPackages=nuget).")]
    [InlineData("standin", "stand-ins for all (AmazonPackages=standin).")]
    public async Task A_choice_by_hand_asks_no_package_source_and_is_not_stored(string choice, string said)
    {
        (await AskAsync(choice)).Should().Be($"Amazon's packages: {said}");

        File.Exists(Answer).Should().BeFalse();
        (await PropertiesAsync($"-p:AmazonPackages={choice}")).Should().Be((choice, choice));
    }

    [Fact]
    public async Task A_choice_by_hand_counts_for_more_than_what_was_found_and_without_either_the_stand_ins_are_taken()
    {
        (await PropertiesAsync()).Should().Be(("standin", "standin"));
        Serve(Pins);
        await AskAsync();

        (await PropertiesAsync()).Should().Be(("nuget", "nuget"));
        (await PropertiesAsync("-p:AmazonPackages=standin")).Should().Be(("standin", "standin"));
    }

    [Fact]
    public async Task An_unknown_choice_is_refused()
    {
        var (exitCode, _, errors) = await RunAsync("scripts/amazon-packages", [], "both");

        (exitCode, errors).Should().Be((2, "AmazonPackages is \"both\". It must be nuget or standin."));
    }

    private async Task<string> AskAsync(string? byHand = null)
    {
        var (exitCode, output, errors) = await RunAsync("scripts/amazon-packages", [], byHand);
        (exitCode, output).Should().Be((0, ""), "{0}", errors);
        errors.Should().NotContain("\n", "it is one line");
        return errors;
    }

    private async Task<(string Lambda, string Sdk)> PropertiesAsync(params string[] arguments)
    {
        var properties = await MsBuildAsync([$"-getProperty:{Lambda}", $"-getProperty:{Sdk}", .. arguments]);
        var json = System.Text.Json.JsonDocument.Parse(properties).RootElement.GetProperty("Properties");
        return (json.GetProperty(Lambda).GetString()!, json.GetProperty(Sdk).GetString()!);
    }

    private async Task<IReadOnlyList<string>> ReferencesAsync()
    {
        var json = System.Text.Json.JsonDocument.Parse(await MsBuildAsync(["-getItem:PackageReference", "-getItem:ProjectReference"])).RootElement.GetProperty("Items");
        return
        [
            .. json.GetProperty("PackageReference").EnumerateArray().Select(item => $"package {item.GetProperty("Identity").GetString()}")
                .Concat(json.GetProperty("ProjectReference").EnumerateArray().Select(item => $"stand-in {item.GetProperty("Filename").GetString()}"))
                .Order(StringComparer.Ordinal),
        ];
    }

    private async Task<string> MsBuildAsync(IEnumerable<string> arguments)
    {
        var (exitCode, output, errors) = await RunAsync("dotnet", ["msbuild", InFolder("Consumer.proj"), "-nologo", .. arguments], null);
        exitCode.Should().Be(0, "{0}{1}", output, errors);
        return output;
    }

    private async Task<(int ExitCode, string Output, string Errors)> RunAsync(string command, IEnumerable<string> arguments, string? byHand)
    {
        var start = new ProcessStartInfo(command.Contains('/', StringComparison.Ordinal) ? InFolder(command) : command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder };
        start.Environment["NUGET_PACKAGES"] = InFolder("restored");
        start.Environment["AmazonPackages"] = byHand;
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment.Remove("MSBuildSDKsPath");
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output.Trim(), (await errors).Trim());
    }

    private void UseSource(string source) => File.WriteAllText(InFolder("nuget.config"), $"""
        <configuration><packageSources><clear /><add key="test" value="{source}" allowInsecureConnections="true" /></packageSources></configuration>
        """);

    private void Serve(IEnumerable<(string Id, string Version)> packages)
    {
        foreach (var (id, version) in packages)
        {
            using var zip = ZipFile.Open(InFolder($"source/{id}.{version}.nupkg"), ZipArchiveMode.Create);
            using var nuspec = new StreamWriter(zip.CreateEntry($"{id}.nuspec").Open());
            nuspec.Write($"""
                <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata>
                  <id>{id}</id><version>{version}</version><authors>the test</authors><description>Nothing.</description>
                </metadata></package>
                """);
        }
    }

    private string InFolder(string path) => Path.Combine(_folder, path);

    private static (string Id, string Version)[] ReadPins() =>
    [
        .. System.Xml.Linq.XDocument.Load(Path.Combine(Repository, "Directory.Packages.props")).Descendants("PackageVersion")
            .Select(item => (Id: item.Attribute("Include")!.Value, Version: item.Attribute("Version")!.Value))
            .Where(pin => Directory.Exists(Path.Combine(Repository, "standins", pin.Id))),
    ];

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "DataToEvents.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of the repository.");
        }

        return folder.FullName;
    }
}
