using Spectre.Console;

namespace DataToEvents.Commands;

/// <summary>The terminal of a command: its input and its two outputs.</summary>
/// <param name="Tool">The tool's name: every complaint begins with it.</param>
/// <param name="Screen">For people: tables, progress, summaries.</param>
/// <param name="Output">Standard output as lines of text.</param>
/// <param name="Error">Gets one line for whatever went wrong.</param>
/// <param name="Time">The clock.</param>
/// <param name="Random">The source of jitter; several threads use it.</param>
public sealed record Terminal(string Tool, IAnsiConsole Screen, TextWriter Output, TextWriter Error, TimeProvider Time, Random Random)
{
    private const int WidthOfFiles = 1_000;

    /// <summary>Standard output as bytes, for records.</summary>
    public Stream Bytes { get; init; } = Stream.Null;

    /// <summary>Gives the answers to questions.</summary>
    public TextReader Input { get; init; } = TextReader.Null;

    /// <summary>Whether somebody is there who can be asked.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>This process's console.</summary>
    /// <param name="tool">The tool's name.</param>
    /// <param name="output">Standard output, as bytes.</param>
    public static Terminal OfConsole(string tool, Stream output) =>
        // Random.Shared: several threads share the jitter's source, and only this one is safe for that.
        new(tool, Wide(AnsiConsole.Console), Console.Out, Console.Error, TimeProvider.System, Random.Shared)
        {
            Bytes = output,
            Input = Console.In,
            IsInteractive = !Console.IsInputRedirected && !Console.IsOutputRedirected,
        };

    /// <summary>The console as it is, or, where its output goes to a file or a pipe, so wide that no table wraps.</summary>
    private static IAnsiConsole Wide(IAnsiConsole console)
    {
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = WidthOfFiles;
        }

        return console;
    }

    public void Complain(string message) => Error.WriteLine($"{Tool}: {message.ReplaceLineEndings(" ")}");

    /// <summary>Complains about bad input.</summary>
    /// <returns><see cref="ExitCode.BadInput"/>.</returns>
    public Task<int> RefuseAsync(string message)
    {
        Complain(message);
        return Task.FromResult(ExitCode.BadInput);
    }
}
