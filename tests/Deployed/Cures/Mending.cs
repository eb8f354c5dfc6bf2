using DataToEvents.Deployed.Tests.Discovery;
using DataToEvents.Deployed.Tests.Engine;
using DataToEvents.Deployed.Tests.Promises;
using DataToEvents.Deployed.Tests.Wiring;

namespace DataToEvents.Deployed.Tests.Cures;

/// <summary>Feeds a deployment that is broken until the feed has fallen aside, then runs the mended one over what lies there.</summary>
/// <param name="packages">The functions' executables.</param>
/// <param name="places">Where data has to lie.</param>
/// <param name="whole">What <c>discover.py</c> found.</param>
/// <param name="broken">The same, while it was broken in one way or another.</param>
internal sealed class Mending(FunctionPackages packages, Places places, string whole, IReadOnlyDictionary<string, string> broken)
{
    private const int Quickly = 120;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(240);

    public async Task RunAsync(Cure cure)
    {
        var folder = Directory.CreateTempSubdirectory("datatoevents-mended-");
        var (ledger, log) = (Path.Combine(folder.FullName, "ledger.ndjson"), new LastLines());
        try
        {
            var clock = new ScaledClock(Quickly);
            await using (var engine = await StartAsync(cure.BrokenBy is null ? whole : broken[cure.BrokenBy], folder, clock, log))
            {
                var sent = await new MendedPath(engine, places, ledger, clock).SendAsync(cure.Feed);
                sent.ExitCode.Should().Be(0, "all is accepted: {0}", sent);
                (await engine.BecomesQuietAsync(Patience)).Should().BeEmpty("the functions wrote last: {0}", log);
            }

            // From here on time is real: what a tool holds back for a minute it holds back for a minute. But it goes on from where it was, so
            // that the services are ahead of the tools by far, and nothing may depend on the tools' clocks.
            var later = new ScaledClock(1, clock.GetUtcNow());
            await using var mended = await StartAsync(whole, folder, later, log);
            await cure.Steps(new MendedPath(mended, places, ledger, later));
            mended.Told.Should().BeEmpty();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private Task<DeployedEngine> StartAsync(string document, DirectoryInfo folder, ScaledClock clock, LastLines log) =>
        DeployedEngine.StartAsync(Deployment.Parse(Encoding.UTF8.GetBytes(document)), packages, folder.FullName, clock, log);
}
