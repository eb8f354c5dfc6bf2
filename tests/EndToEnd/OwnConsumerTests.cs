using DataToEvents.EndToEnd.Tests.Documents;

namespace DataToEvents.EndToEnd.Tests;

/// <summary>A consumer of the user's own, started as docs/adapting.md says.</summary>
public sealed partial class OwnConsumerTests : IDisposable
{
    private const string Host = "tools/Local/bin/Release/net10.0/local ";

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_consumer_of_the_document_gets_each_event_of_its_input()
    {
        var command = ShellBlocks.Of("docs/adapting.md").Single(command => command.StartsWith(Host, StringComparison.Ordinal));
        var arguments = Words().Matches(command[Host.Length..].Replace("--data .data", $"--data {_folder.Data}", StringComparison.Ordinal))
            .Select(word => word.Groups["quoted"].Success ? word.Groups["quoted"].Value : word.Value)
            .Select(static word => word.Replace("examples/", Path.Combine(BuiltTools.Root, "examples") + "/", StringComparison.Ordinal));

        var (exitCode, _, errors) = await RunningHost.RunAsync([.. arguments, "--port", "0"]);

        exitCode.Should().Be(0, errors);
        errors.Should().MatchRegex("(?m)^mine: got [^ ]+ [^ ]+$");
    }

    [Theory]
    [InlineData("--consumer: dotnet run is not NAME=COMMAND, such as \"orders=dotnet run --project Orders\". A name has 1 to 64 of A-Z, a-z, 0-9, underscore and hyphen.", "--consumer", "dotnet run")]
    [InlineData("--consumer: the path has a function or a rule EventStorer. Give the consumer another name.", "--consumer", "EventStorer=true")]
    [InlineData("--consumer: mine is there twice. Give each consumer a name of its own.", "--consumer", "mine=true", "--consumer", "mine=true")]
    [InlineData("Each --pattern belongs to a --consumer: give as many consumers as patterns.", "--pattern", "p.json")]
    public async Task A_consumer_that_cannot_be_is_refused_with_one_line(string line, params string[] arguments)
    {
        var (exitCode, _, errors) = await RunningHost.RunAsync(["--data", _folder.Data, "--port", "0", "--no-feed", .. arguments]);

        (exitCode, errors.Trim()).Should().Be((2, line));
    }

    [Fact]
    public async Task A_consumer_that_does_not_start_is_said_by_its_name()
    {
        var (exitCode, _, errors) = await RunningHost.RunAsync("--data", _folder.Data, "--port", "0", "--no-feed", "--consumer", "mine=echo no runtime");

        exitCode.Should().Be(2);
        errors.Should().Contain("--consumer mine: ");
    }

    [GeneratedRegex("\"(?<quoted>[^\"]*)\"|[^ ]+")]
    private static partial Regex Words();
}
