namespace DataToEvents.Dte.Completion;

/// <summary><c>completion</c>: prints what a shell needs to complete the words of <c>dte</c>.</summary>
internal static class CompletionCommand
{
    private static readonly string[] Shells = ["bash", "zsh"];

    public static Command Create(Terminal terminal)
    {
        var shell = new Argument<string>("SHELL") { Description = string.Join(" or ", Shells) };
        shell.AcceptOnlyFromAmong(Shells);
        var command = new Command("completion", "Prints a script for a shell that completes commands and options: eval \"$(dte completion bash)\".") { shell };
        command.SetAction(parsed => terminal.Output.Write(Script(parsed.GetRequiredValue(shell))));
        return command;
    }

    private static string Script(string shell)
    {
        using var script = new StreamReader(typeof(CompletionCommand).Assembly.GetManifestResourceStream($"dte.{shell}")!);
        return script.ReadToEnd();
    }
}
