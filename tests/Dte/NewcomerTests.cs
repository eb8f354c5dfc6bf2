namespace DataToEvents.Dte.Tests;

/// <summary>
/// Somebody who has only the SDK and a release folder: installs the tool, runs it, sends ten records, sees them, makes a consumer from the template and sees it called. The tool comes out of the release folder alone, with an
/// empty package cache. The consumer's one package, Amazon's client for SQS, comes from the package source of this machine.
/// </summary>
public sealed class NewcomerTests(InstalledTool tool) : IClassFixture<InstalledTool>
{
    [Fact]
    public async Task Ten_records_reach_the_page_the_tail_and_a_consumer_from_the_template()
    {
        using var host = await ToolHost.StartAsync(tool, "--audit", "--data", "newcomer");
        using var newcomer = new Newcomer(host.Url, arguments => tool.Start(arguments), tool.Elsewhere);

        await newcomer.SendAndSeeAsync();
        await newcomer.WriteConsumerAsync();
    }
}
