using DataToEvents.Operator.Commands;
using Spectre.Console;

var terminal = new Terminal(
    AnsiConsole.Console, Console.Out, Console.Error, Console.In,
    IsInteractive: !Console.IsInputRedirected && !Console.IsOutputRedirected, TimeProvider.System, Random.Shared);
return await CommandLine.RunAsync(args, terminal);
