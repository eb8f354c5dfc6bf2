using System.Text.Json;
using DataToEvents.Operator.Commands;
using Spectre.Console;

namespace DataToEvents.Operator.Tests;

/// <summary>What a command said and how it ended.</summary>
internal sealed record Answer(int ExitCode, string Output, string Errors)
{
    public JsonElement Json => JsonDocument.Parse(Output.TrimEnd().Split('\n')[^1]).RootElement;
}

/// <summary>The operator's program, in this process, with nobody at the terminal unless a test types something.</summary>
internal static class Shell
{
    public static Task<Answer> RunAsync(params string[] arguments) => TypeAsync(null, arguments);

    /// <summary>With somebody at the terminal who types this.</summary>
    public static async Task<Answer> TypeAsync(string? typed, params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        using var input = new StringReader(typed ?? "");
        var screen = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        screen.Profile.Width = 200;
        var exitCode = await CommandLine.RunAsync(arguments, new Terminal(screen, output, errors, input, typed is not null, TimeProvider.System, Random.Shared));
        return new Answer(exitCode, output.ToString(), errors.ToString());
    }
}
