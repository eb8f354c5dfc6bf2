using DataToEvents.Commands;
using DataToEvents.Operator.Commands;
using DataToEvents.Recovery.Commands;

await using var output = Console.OpenStandardOutput();
return await OperatorCommandLine.RunAsync(args, Terminal.OfConsole("operator", output), FurtherCommands.Of);
