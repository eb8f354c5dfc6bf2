namespace DataToEvents.EndToEnd.Tests.Kills;

public class KillCampaignTests
{
    /// <summary>A short campaign; <c>make sim</c> runs hundreds of kills.</summary>
    [Fact]
    public async Task A_host_that_is_killed_again_and_again_loses_nothing_that_it_acknowledged_and_does_nothing_twice()
    {
        using var notes = new StringWriter();

        var reckoning = await KillCampaign.RunAsync(kills: 6, new Random(20261125), notes);

        reckoning.IsClean.Should().BeTrue("{0} {1}", notes, reckoning);
        reckoning.Acknowledged.Should().BePositive();
    }
}
