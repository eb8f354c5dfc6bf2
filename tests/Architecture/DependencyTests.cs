using System.Xml.Linq;

namespace DataToEvents.Architecture.Tests;

/// <summary>Dependencies point inwards. Read from the project files, which say what may be used at all.</summary>
public sealed class DependencyTests
{
    private static readonly string Root = FindRoot();

    [Fact]
    public void Domain_references_no_package_and_no_project() => References("src/Domain/Domain.csproj").Should().BeEmpty();

    [Fact]
    public void Application_references_only_the_domain() => References("src/Application/Application.csproj").Should().Equal("Domain");

    [Fact]
    public void Adapters_never_reference_each_other_or_a_function()
    {
        foreach (var adapter in Projects("src/Adapters"))
        {
            ProjectReferences(adapter).Where(reference => reference != "Emulator" || !adapter.Contains("Embedded", StringComparison.Ordinal))
                .Should().BeSubsetOf(["Application", "Domain", "Aws"], "{0} is an adapter, and Aws is what those for AWS share", adapter);
        }
    }

    [Fact]
    public void Functions_reference_the_application_and_adapters_for_aws_only()
    {
        foreach (var function in Projects("src/Functions"))
        {
            ProjectReferences(function).Should().BeSubsetOf(["Application", "Sqs", "DynamoDb", "EventBridge", "S3"], "{0} is a function", function);
        }
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
            .Should().Be("$(RootNamespace).Program", "the Main that Amazon's generator writes does not report an error of the start");
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
        foreach (var project in Directory.EnumerateFiles(Root, "*.csproj", SearchOption.AllDirectories))
        {
            XDocument.Load(project).Descendants("PackageReference").Attributes("Version").Should().BeEmpty("{0} must leave versions to Directory.Packages.props", project);
        }
    }

    [Theory]
    [InlineData("Environment.GetEnvironmentVariable", "src/Functions/Shared/Setting.cs", "settings are read by one class, named in each Startup")]
    [InlineData("DateTime.Now", "", "time comes from TimeProvider")]
    [InlineData("DateTime.UtcNow", "", "time comes from TimeProvider")]
    [InlineData("DateTimeOffset.UtcNow", "", "time comes from TimeProvider")]
    [InlineData("Thread.Sleep", "", "waiting is asynchronous")]
    [InlineData("ConfigureAwait(false)", "", "simulation keeps everything on one context")]
    public void Sources_do_without(string text, string exception, string because)
    {
        var users = Repository.Files()
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) && (file.StartsWith("src/", StringComparison.Ordinal) || file.StartsWith("emulator/", StringComparison.Ordinal)))
            .Where(file => File.ReadAllText(Repository.PathOf(file)).Contains(text, StringComparison.Ordinal));

        users.Should().BeSubsetOf([exception], because);
    }

    private static IEnumerable<string> Projects(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.csproj", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Root, file));

    private static IEnumerable<string> References(string project) =>
        ProjectReferences(project).Concat(Items(project, "PackageReference")).Concat(Items(project, "AmazonPackage"));

    private static IEnumerable<string> ProjectReferences(string project) =>
        Items(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path)!);

    private static IEnumerable<string> Items(string project, string kind) =>
        XDocument.Load(Path.Combine(Root, project)).Descendants(kind).Select(item => item.Attribute("Include")!.Value);

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
