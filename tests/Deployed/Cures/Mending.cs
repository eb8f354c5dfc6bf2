using DataToEvents.Deployed.Tests.Discovery;
using DataToEvents.Deployed.Tests.Engine;
using DataToEvents.Deployed.Tests.Promises;
using DataToEvents.Deployed.Tests.Wiring;

namespace DataToEvents.Deployed.Tests.Cures;

/// <summary>Feeds a broken deployment until its records are set aside, then runs the mended deployment over the same data.</summary>
/// <param name="packages">The functions' executables.</param>
/// <param name="places">The places where data has to lie.</param>
/// <param name="whole">The document of <c>discover.py</c>.</param>
/// <param name="broken">The documents of the broken deployments, by the way in which each was broken.</param>
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

            // From here on the services run in real time, because the tools do. Their clock continues from its last value, so
            // it is far ahead of the tools' clocks. Nothing may depend on the tools' clocks.
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
