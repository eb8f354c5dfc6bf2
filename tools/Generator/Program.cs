using DataToEvents.Generator.Commands;
using DataToEvents.Generator.Sending;
using Spectre.Console;

// Random.Shared: the workers of a run share the jitter's source, and only this one is safe for that.
await using var output = Console.OpenStandardOutput();
var terminal = new Terminal(AnsiConsole.Console, output, Console.Error, TimeProvider.System, Random.Shared);
return await CommandLine.RunAsync(args, terminal, AwsConnection.Open);
