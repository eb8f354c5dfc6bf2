using DataToEvents.Commands;
using DataToEvents.Operator.Commands;
using DataToEvents.Recovery.Commands;
using Spectre.Console;

namespace DataToEvents.Recovery.Tests;

/// <summary>The output and the exit code of a command.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Errors)
{
    public JsonElement Json => JsonDocument.Parse(Output.TrimEnd().Split('\n')[^1]).RootElement;
}

/// <summary>The operator's program, in this process, with nobody at the terminal unless a test types something.</summary>
internal static class OperatorShell
{
    public static Task<CommandResult> RunAsync(params string[] arguments) => RunAsync(TimeProvider.System, arguments);

    /// <summary>Runs commands with this clock.</summary>
    public static Task<CommandResult> RunAsync(TimeProvider time, params string[] arguments) => RunAsync(new StringWriter(), null, time, arguments);

    /// <summary>Runs a command while a person at the terminal types this.</summary>
    public static Task<CommandResult> TypeAsync(string typed, params string[] arguments) => RunAsync(new StringWriter(), typed, TimeProvider.System, arguments);

    /// <summary>Runs a command while a person reads its output until Ctrl-C.</summary>
    public static Task<CommandResult> WatchAsync(WatchingReader reader, params string[] arguments) => RunAsync(reader, null, reader.Clock, arguments, reader.Interrupt);

    private static async Task<CommandResult> RunAsync(StringWriter output, string? typed, TimeProvider time, string[] arguments, CancellationToken interrupt = default)
    {
        using var errors = new StringWriter();
        using var input = new StringReader(typed ?? "");
        var screen = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        screen.Profile.Width = 200;
        var exitCode = await OperatorCommandLine.RunAsync(arguments, new Terminal("operator", screen, output, errors, time, Random.Shared)
        {
            Input = input,
            IsInteractive = typed is not null,
        }, runner => [VerifyCommand.Create(runner), LakeCommand.Create(runner)], interrupt);
        return new CommandResult(exitCode, output.ToString(), errors.ToString());
    }
}
