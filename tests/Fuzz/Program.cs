using System.CommandLine;
using DataToEvents.Fuzz.Tests;
using DataToEvents.Fuzz.Tests.Engine;
using DataToEvents.Fuzz.Tests.Targets;

Coverage.Listen();
var names = string.Join(", ", FuzzTarget.All.Select(target => target.Name));
var seconds = new Option<int>("--seconds") { Description = "For each target.", DefaultValueFactory = _ => 10 };
var seed = new Option<int>("--seed") { Description = "Of the random changes.", DefaultValueFactory = _ => Environment.TickCount };
var target = new Option<string?>("--target") { Description = $"Only this one: {names}." };
var replay = new Option<FileInfo?>("--replay") { Description = "Runs one input, from a file, through --target." };
var keep = new Option<DirectoryInfo?>("--keep") { Description = "Where inputs that took new branches are written, a folder a target." };
var command = new RootCommand("Attacks whatever reads what strangers wrote, guided by the branches that inputs take.") { seconds, seed, target, replay, keep };
command.SetAction(async (parsed, _) =>
{
    var chosen = FuzzTarget.All.Where(known => parsed.GetValue(target) is not { } name || known.Name == name).ToArray();
    if (chosen.Length == 0)
    {
        await Console.Error.WriteLineAsync($"--target must be one of {names}.");
        return 2;
    }

    if (parsed.GetValue(replay) is { } file)
    {
        return Campaign.Replay(chosen, file);
    }

    return Instrumented.IsThis
        ? new Campaign(chosen, TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(seed), parsed.GetValue(keep)).Run()
        : await Instrumented.RunAsync(args);
});
return await command.Parse(args).InvokeAsync();
