using System.Diagnostics;
using System.Text;
using DataToEvents.Deployed.Tests.Engine;
using DataToEvents.Deployed.Tests.Promises;
using DataToEvents.Deployed.Tests.Wiring;
using Xunit.Abstractions;

namespace DataToEvents.Deployed.Tests;

public class ScratchTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Play()
    {
        var folder = Directory.CreateTempSubdirectory("scratch");
        var packages = FunctionPackages.Unpack(Path.Combine(Repository.Root, "artifacts"), folder.FullName);
        var count = Environment.GetEnvironmentVariable("COUNT") ?? "60";
        var good = (await Command.RunAsync(Path.Combine(Repository.Root, "tools/Generator/bin/Release/net10.0/generator"), ["preview", "--count", count, "--seed", "7"]))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Encoding.UTF8.GetBytes).ToArray();
        var trial = new Trial(packages, new Places("data-events-123456789012-eu-north-1"));
        var watch = Stopwatch.StartNew();
        var broken = await trial.RunAsync(File.ReadAllBytes(Environment.GetEnvironmentVariable("DOC") ?? "/tmp/dep/deployment.json"), Feed.Of(good, 20));
        output.WriteLine($"{watch.Elapsed}");
        foreach (var one in broken)
        {
            output.WriteLine(one);
        }

        output.WriteLine(trial.ToString());
        broken.Should().BeEmpty();
    }
}
