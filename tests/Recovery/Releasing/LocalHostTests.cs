namespace DataToEvents.Recovery.Tests.Releasing;

public sealed class LocalHostTests : Bed
{
    [Theory]
    [InlineData("status")]
    [InlineData("start", "--yes")]
    [InlineData("back", "--yes")]
    public async Task A_local_host_has_nothing_to_release_and_says_so(params string[] command)
    {
        var answer = await OperatorAsync(["release", .. command]);

        answer.ExitCode.Should().Be(2, answer.Output);
        answer.Errors.Should().Contain("a local host has one version of each function");
    }
}
