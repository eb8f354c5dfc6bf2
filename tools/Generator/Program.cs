using DataToEvents.Generator.Commands;
using Spectre.Console;

// Random.Shared: the workers of a run share the jitter's source, and only this one is safe for that.
await using var output = Console.OpenStandardOutput();
var terminal = new Terminal("generator", AnsiConsole.Console, Console.Out, Console.Error, TimeProvider.System, Random.Shared) { Bytes = output };
return await GeneratorCommandLine.RunAsync(args, terminal, AwsConnection.Open);
