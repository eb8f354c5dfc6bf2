using DataToEvents.Commands;
using DataToEvents.Generator.Commands;
using DataToEvents.Generator.Sending;

await using var output = Console.OpenStandardOutput();
return await GeneratorCommandLine.RunAsync(args, Terminal.OfConsole("generator", output), AwsConnection.Open);
