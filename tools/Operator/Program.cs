using DataToEvents.Operator.Commands;
using DataToEvents.Recovery.Commands;

var terminal = new Terminal("operator", AnsiConsole.Console, Console.Out, Console.Error, TimeProvider.System, Random.Shared)
{
    Input = Console.In,
    IsInteractive = !Console.IsInputRedirected && !Console.IsOutputRedirected,
};
return await OperatorCommandLine.RunAsync(args, terminal, runner => [VerifyCommand.Create(runner), CostCommand.Create(runner), ReferenceCommand.Create(runner), CatalogCommand.Create(runner)]);
