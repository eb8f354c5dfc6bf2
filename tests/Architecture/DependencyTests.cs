using System.Xml.Linq;

namespace DataToEvents.Architecture.Tests;

/// <summary>Dependencies point inwards. The tests read the project files, because code can only use what these reference.</summary>
public sealed class DependencyTests
{
    private static readonly string Root = SourceTree.Root;

    [Fact]
    public void Domain_references_no_package_and_no_project() => References("src/Domain/Domain.csproj").Should().BeEmpty();

    [Fact]
    public void Application_references_only_the_domain() => References("src/Application/Application.csproj").Should().Equal("Domain");

    [Fact]
    public void Adapters_never_reference_each_other_or_a_function()
    {
        foreach (var adapter in Projects("src/Adapters"))
        {
            string[] allowed = adapter.Contains("Embedded", StringComparison.Ordinal) ? ["Application", "Domain", "Formats", "Emulator"] : ["Application", "Domain", "Formats", "Aws"];
            ProjectReferences(adapter).Should().BeSubsetOf(allowed, "{0} is an adapter", adapter);
        }
    }

    /// <summary>All adapters know the formats. The formats know no service's client.</summary>
    [Fact]
    public void Formats_reference_only_the_application() => References("src/Adapters/Formats/Formats.csproj").Should().Equal("Application");

    [Fact]
    public void What_the_adapters_for_AWS_share_references_only_the_SDK() => References("src/Adapters/Aws/Aws.csproj").Should().Equal("AWSSDK.Core");

    [Theory]
    [InlineData("dynamodb")]
    [InlineData("gzip")]
    [InlineData("x-ray")]
    [InlineData("xray")]
    public void The_application_does_not_name(string technology)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Root, "src/Application"), "*.cs", SearchOption.AllDirectories))
        {
            File.ReadAllText(file).Contains(technology, StringComparison.OrdinalIgnoreCase).Should().BeFalse("{0} belongs to the application", file);
        }
    }

    [Fact]
    public void Functions_reference_their_runtime_and_adapters_for_aws_only()
    {
        foreach (var function in Projects("src/Functions").Where(project => !project.EndsWith("Runtime.csproj", StringComparison.Ordinal)))
        {
            ProjectReferences(function).Should().BeSubsetOf(["Sqs", "DynamoDb", "EventBridge", "S3", "Zstd", "ParameterStore", "JsonSchemas"], "{0} is a function", function);
        }

        ProjectReferences("src/Functions/Directory.Build.props").Should().Equal("Runtime");
        ProjectReferences("src/Functions/Runtime/Runtime.csproj").Should().BeEquivalentTo(["Application", "Aws"]);
    }

    [Fact]
    public void Sources_belong_to_one_project() =>
        SourceTree.Files().Where(file => file.StartsWith("src/", StringComparison.Ordinal) || file.StartsWith("benchmarks/", StringComparison.Ordinal))
            .Where(file => Path.GetExtension(file) is ".csproj" or ".props" or ".targets")
            .Should().OnlyContain(file => !Items(file, "Compile").Any(path => path.StartsWith("..", StringComparison.Ordinal)));

    /// <summary>What two tools need lies in a library.</summary>
    [Fact]
    public void Tools_never_reference_the_executable_of_another_tool()
    {
        var executables = Projects("tools").Where(project => XDocument.Load(Path.Combine(Root, project)).Descendants("OutputType").Any(type => type.Value == "Exe"))
            .Select(project => Path.GetFileNameWithoutExtension(project)!).ToArray();

        executables.Should().Contain(["Dte", "Local", "Generator", "Operator"]);
        Projects("tools").SelectMany(ProjectReferences).Should().NotIntersectWith(executables);
    }

    /// <summary>A build with Amazon's packages builds the stand-ins too, and these know internals of each other that the packages do not have.</summary>
    [Fact]
    public void Stand_ins_reference_each_other_as_projects()
    {
        foreach (var standIn in Projects("standins"))
        {
            Items(standIn, "AmazonPackage").Should().BeEmpty("{0} is a stand-in", standIn);
        }
    }

    [Fact]
    public void Functions_start_in_a_program_of_their_own()
    {
        XDocument.Load(Path.Combine(Root, "src/Functions/Directory.Build.props")).Descendants("StartupObject").Single().Value
            .Should().Be("$(RootNamespace).$(MSBuildProjectName)Program", "the Main that Amazon's generator writes does not report an error of the start");
    }

    /// <summary>The clients of the AWS SDK are generated for one version of Core: those of one generation belong together.</summary>
    [Fact]
    public void The_stood_in_clients_are_of_the_generation_of_Core()
    {
        var versions = XDocument.Load(Path.Combine(Root, "Directory.Packages.props")).Descendants("PackageVersion")
            .ToDictionary(item => item.Attribute("Include")!.Value, item => Version.Parse(item.Attribute("Version")!.Value.Split('-')[0]));
        var core = versions["AWSSDK.Core"];

        Projects("standins").Select(Path.GetFileNameWithoutExtension).Where(name => name!.StartsWith("AWSSDK.", StringComparison.Ordinal))
            .Should().OnlyContain(name => versions[name!].Major == core.Major && versions[name!].Minor == core.Minor);
    }

    [Fact]
    public void Versions_stand_in_one_file()
    {
        // A template becomes a project of somebody else.
        foreach (var project in Directory.EnumerateFiles(Root, "*.csproj", SearchOption.AllDirectories).Where(project => !project.StartsWith(SourceTree.PathOf("templates/"), StringComparison.Ordinal)))
        {
            XDocument.Load(project).Descendants("PackageReference").Attributes("Version").Should().BeEmpty("{0} must leave versions to Directory.Packages.props", project);
        }
    }

    [Fact]
    public void Templates_have_the_versions_that_the_product_is_built_with()
    {
        var versions = XDocument.Load(Path.Combine(Root, "Directory.Packages.props")).Descendants("PackageVersion").ToDictionary(item => item.Attribute("Include")!.Value, item => item.Attribute("Version")!.Value);
        var named = Projects("templates").SelectMany(project => XDocument.Load(Path.Combine(Root, project)).Descendants("PackageReference")).ToArray();

        named.Should().NotBeEmpty().And.OnlyContain(item => versions[item.Attribute("Include")!.Value] == item.Attribute("Version")!.Value);
    }

    [Theory]
    [InlineData("Environment.GetEnvironmentVariable", "src/Functions/Runtime/Setting.cs", "settings are read by one class, named in each startup class")]
    [InlineData("DateTime.Now", "", "time comes from TimeProvider")]
    [InlineData("DateTime.UtcNow", "", "time comes from TimeProvider")]
    [InlineData("DateTimeOffset.UtcNow", "", "time comes from TimeProvider")]
    [InlineData("Thread.Sleep", "", "waiting is asynchronous")]
    [InlineData("ConfigureAwait(false)", "", "simulation keeps everything on one context")]
    public void Sources_do_not_contain(string text, string exception, string because)
    {
        var users = SourceTree.Files()
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) && (file.StartsWith("src/", StringComparison.Ordinal) || file.StartsWith("emulator/", StringComparison.Ordinal)))
            .Where(file => File.ReadAllText(SourceTree.PathOf(file)).Contains(text, StringComparison.Ordinal));

        users.Should().BeSubsetOf([exception], because);
    }

    private static IEnumerable<string> Projects(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.csproj", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Root, file));

    private static IEnumerable<string> References(string project) =>
        ProjectReferences(project).Concat(Items(project, "PackageReference")).Concat(Items(project, "AmazonPackage"));

    private static IEnumerable<string> ProjectReferences(string project) =>
        Items(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path)!);

    private static IEnumerable<string> Items(string project, string kind) =>
        XDocument.Load(Path.Combine(Root, project)).Descendants(kind).Select(item => item.Attribute("Include")?.Value).OfType<string>();
}
