using DataToEvents.Deployed.Tests.Discovery;
using DataToEvents.Deployed.Tests.Engine;
using DataToEvents.Deployed.Tests.Wiring;
using DataToEvents.Emulator.Lambda;

namespace DataToEvents.Deployed.Tests.Promises;

/// <summary>Plays a deployment: feeds it, makes trouble between its hops, waits until no work is left, and checks the promises on its contents.</summary>
internal sealed class Trial(FunctionPackages packages, Places places)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(240);

    private readonly LastLines _log = new();

    /// <param name="document">The document of <c>discover.py</c>.</param>
    /// <param name="records">The records to feed.</param>
    /// <param name="clockFactor">With 30, a visibility timeout of three minutes passes in six seconds.</param>
    /// <returns>What does not hold; empty: all holds.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(ReadOnlyMemory<byte> document, IReadOnlyList<FedRecord> records, int clockFactor)
    {
        var folder = Directory.CreateTempSubdirectory("datatoevents-deployed-");
        try
        {
            return await RunAsync(Deployment.Parse(document), records, new ScaledClock(clockFactor), folder.FullName);
        }
        catch (Exception refused) when (refused is DeploymentException or ServiceException or FunctionInitException)
        {
            return [$"The deployment does not run: {refused.Message}"];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>What the functions wrote last.</summary>
    public override string ToString() => _log.ToString();

    private async Task<IReadOnlyList<string>> RunAsync(Deployment deployment, IReadOnlyList<FedRecord> records, ScaledClock clock, string folder)
    {
        await using var engine = await DeployedEngine.StartAsync(deployment, packages, folder, clock, _log);
        string[] endpoint = [engine.Url, deployment.Region];
        await Driver.RunAsync("feed.py", [.. endpoint, Places.Stream], string.Join('\n', records.Select(record => Convert.ToBase64String(record.Bytes))));
        await Driver.RunAsync("trouble.py", [.. endpoint, Places.Queue, Places.Table, Places.Bus]);
        var underWay = await engine.BecomesQuietAsync(Patience);
        if (underWay.Length > 0)
        {
            return [$"It does not become quiet {underWay}"];
        }

        using var observed = new Observed(engine.Url, deployment.Region, places);
        var broken = await new FivePromises(records, observed, new ConsumerApi(engine.Url, deployment.Region)).CheckAsync();
        return [.. engine.Told, .. broken, .. Compression(deployment, observed)];
    }

    /// <summary>Envelopes are stored compressed if, and only if, the EventStorer is set so.</summary>
    private static IEnumerable<string> Compression(Deployment deployment, Observed observed)
    {
        var wanted = deployment.Functions.Any(function => function.Environment.GetValueOrDefault("COMPRESS_ENVELOPES") == "true");
        return wanted == observed.Compressed > 0 ? [] : [$"{observed.Compressed} items are compressed, and COMPRESS_ENVELOPES is {(wanted ? "on" : "off")}"];
    }
}
