using DataToEvents.Dte;

await using var output = Console.OpenStandardOutput();
return await DteCommandLine.RunAsync(args, Terminal.OfConsole("dte", output));
