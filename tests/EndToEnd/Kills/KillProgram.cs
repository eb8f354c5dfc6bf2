using System.CommandLine;

namespace DataToEvents.EndToEnd.Tests.Kills;

/// <summary>The program that <c>make sim</c> starts after the simulation. It kills the real host with kill -9 many times.</summary>
internal static class KillProgram
{
    private static async Task<int> Main(string[] arguments)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var kills = new Option<int>("--kills") { Description = "How many.", DefaultValueFactory = _ => 200 };
        var seed = new Option<int>("--seed") { Description = "Of the moments; not of what the host does in them.", DefaultValueFactory = _ => 1 };
        var root = new RootCommand("Kills the host at random moments of its life, and of its start, under four clients. Exit 1: something acknowledged was lost, or done twice.") { kills, seed };
        root.SetAction(async (parsed, _) =>
        {
            var total = await KillCampaign.RunAsync(parsed.GetValue(kills), new Random(parsed.GetValue(seed)), Console.Out);
            Console.WriteLine(total);
            return total.IsClean ? 0 : 1;
        });
        var result = root.Parse(arguments);
        return result.Errors.Count == 0 ? await result.InvokeAsync() : Math.Max(2, await result.InvokeAsync());
    }
}
