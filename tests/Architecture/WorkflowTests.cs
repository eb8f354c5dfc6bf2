using YamlDotNet.RepresentationModel;

namespace DataToEvents.Architecture.Tests;

/// <summary>The workflows of GitHub Actions, by the keys of its reference (docs.github.com/actions/reference/workflows-and-actions/workflow-syntax) that they use. A key that is not listed is a slip, or is added here.</summary>
public sealed partial class WorkflowTests
{
    private static readonly string[] WorkflowKeys = ["name", "on", "permissions", "concurrency", "jobs"];
    private static readonly string[] Events = ["push", "pull_request", "schedule"];
    private static readonly string[] JobKeys = ["strategy", "runs-on", "timeout-minutes", "steps"];
    private static readonly string[] StepKeys = ["name", "if", "uses", "with", "run", "env"];
    private static readonly string[] Permissions = ["contents", "security-events"];
    private static readonly string[] Runners = ["ubuntu-24.04", "macos-14", "windows-2022", "${{ matrix.os }}"];

    private static readonly string[] Files = [.. SourceTree.Files().Where(static file => file.StartsWith(".github/workflows/", StringComparison.Ordinal))];

    public static TheoryData<string> Workflows => new(Files);

    [Theory]
    [MemberData(nameof(Workflows))]
    public void A_workflow_has_only_keys_that_mean_something(string file)
    {
        var workflow = Yaml.Read(file);
        workflow.Keys().Should().BeSubsetOf(WorkflowKeys).And.Contain(["name", "on", "permissions", "jobs"]);
        workflow["on"].Keys().Should().BeSubsetOf(Events).And.NotBeEmpty();
        workflow["permissions"].Keys().Should().BeSubsetOf(Permissions);
        workflow["permissions"].Entries().Should().OnlyContain(right => right.Value.Text() == "read" || right.Value.Text() == "write");
        foreach (var (_, job) in workflow["jobs"].Entries())
        {
            job.Keys().Should().BeSubsetOf(JobKeys).And.Contain(["runs-on", "timeout-minutes", "steps"]);
            Runners.Should().Contain(job["runs-on"].Text());
            foreach (var step in job["steps"].List())
            {
                step.Keys().Should().BeSubsetOf(StepKeys);
                (step.Has("uses") ^ step.Has("run")).Should().BeTrue("a step of {0} either uses an action or runs a command", file);
                step.Has("with").Should().Be(step.Has("with") && step.Has("uses"), "only an action takes \"with\"");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Actions_are_named_with_their_version(string file) =>
        Steps(file).Where(static step => step.Has("uses")).Select(static step => step["uses"].Text()).Should().OnlyContain(static used => Action().IsMatch(used));

    [Fact]
    public void The_targets_of_make_that_workflows_call_are_in_the_Makefile()
    {
        var targets = Target().Matches(File.ReadAllText(SourceTree.PathOf("Makefile"))).Select(static match => match.Groups[1].Value).ToArray();
        var called = Files.SelectMany(Steps).Where(static step => step.Has("run"))
            .SelectMany(static step => step["run"].Text().Split(["\n", "&&"], StringSplitOptions.None)).Select(static line => line.Trim()).Where(static line => line.StartsWith("make ", StringComparison.Ordinal))
            .SelectMany(static line => line.Split(' ').Skip(1)).Where(static word => !word.Contains('=', StringComparison.Ordinal)).ToArray();

        called.Should().Contain(["package", "test", "audit", "release", "build"]).And.BeSubsetOf(targets);
    }

    [Fact]
    public void A_project_that_a_workflow_or_an_editor_names_is_there()
    {
        var texts = Files.Append(".vscode/launch.json").Append(".vscode/tasks.json").Append(".devcontainer/devcontainer.json").Select(static file => File.ReadAllText(SourceTree.PathOf(file)));
        var projects = texts.SelectMany(static text => Project().Matches(text)).Select(static match => match.Value).Distinct().ToArray();

        projects.Should().Contain(["tools/Local", "tools/Dte"]).And.OnlyContain(static project => Directory.Exists(SourceTree.PathOf(project)));
    }

    [Theory]
    [InlineData(".vscode/launch.json")]
    [InlineData(".vscode/tasks.json")]
    [InlineData(".devcontainer/devcontainer.json")]
    public void What_editors_read_is_JSON(string file) => FluentActions.Invoking(() => JsonDocument.Parse(File.ReadAllText(SourceTree.PathOf(file)))).Should().NotThrow();

    [Fact]
    public void What_is_built_before_a_launch_is_a_task()
    {
        var tasks = Labels(".vscode/tasks.json", "tasks", "label");

        Labels(".vscode/launch.json", "configurations", "preLaunchTask").Should().NotBeEmpty().And.BeSubsetOf(tasks);
    }

    [Fact]
    public void A_form_for_issues_asks_with_fields_that_there_are()
    {
        foreach (var file in SourceTree.Files().Where(static file => file.StartsWith(".github/ISSUE_TEMPLATE/", StringComparison.Ordinal) && !file.EndsWith("/config.yml", StringComparison.Ordinal)))
        {
            var form = Yaml.Read(file);
            form.Keys().Should().BeSubsetOf(["name", "description", "labels", "body"]).And.Contain(["name", "description", "body"]);
            foreach (var field in form["body"].List())
            {
                field["type"].Text().Should().BeOneOf("textarea", "input", "dropdown");
                field.Keys().Should().BeSubsetOf(["type", "id", "attributes", "validations"]);
                field["attributes"].Keys().Should().BeSubsetOf(["label", "description", "options"]).And.Contain("label");
            }

            form["body"].List().Select(static field => field["id"].Text()).Should().OnlyHaveUniqueItems();
        }
    }

    [Fact]
    public void Compose_opens_ports_on_this_machine_only()
    {
        var compose = Yaml.Read("compose.yaml");
        compose.Keys().Should().BeSubsetOf(["services", "volumes"]);
        foreach (var (_, service) in compose["services"].Entries())
        {
            service.Keys().Should().BeSubsetOf(["image", "command", "ports", "volumes", "read_only", "tmpfs", "cap_drop", "security_opt", "profiles", "network_mode", "environment", "depends_on"]);
            if (service.Has("ports"))
            {
                service["ports"].List().Should().OnlyContain(static port => port.Text().StartsWith("127.0.0.1:"));
            }
        }

        // The image says where its data lies, and on which port it listens.
        using var image = JsonDocument.Parse(File.ReadAllText(SourceTree.PathOf("scripts/image.json")));
        var host = compose["services"]["datatoevents"];
        host["ports"].List().Single().Text().Should().EndWith($":{image.RootElement.GetProperty("port").GetInt32()}");
        host["volumes"].List().Single().Text().Should().EndWith($":{image.RootElement.GetProperty("workingDir").GetString()}");
    }

    private static string[] Labels(string file, string list, string name)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(SourceTree.PathOf(file)));
        return [.. json.RootElement.GetProperty(list).EnumerateArray().Where(item => item.TryGetProperty(name, out _)).Select(item => item.GetProperty(name).GetString()!)];
    }

    private static IEnumerable<YamlNode> Steps(string file) => Yaml.Read(file)["jobs"].Entries().SelectMany(static job => job.Value["steps"].List());

    [GeneratedRegex("^[a-z-]+/[a-z-]+(/[a-z-]+)?@v[0-9]+$")]
    private static partial Regex Action();

    [GeneratedRegex("^([a-z0-9-]+):", RegexOptions.Multiline)]
    private static partial Regex Target();

    [GeneratedRegex(@"\btools/[A-Z][A-Za-z]+")]
    private static partial Regex Project();
}
