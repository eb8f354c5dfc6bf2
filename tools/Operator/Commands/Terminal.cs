using Spectre.Console;

namespace DataToEvents.Operator.Commands;

/// <summary>The outside world of a command.</summary>
/// <param name="Screen">For people at a terminal.</param>
/// <param name="Output">For everybody else: plain lines, or JSON.</param>
/// <param name="Error">One line for whatever went wrong.</param>
/// <param name="Input">Answers to questions.</param>
/// <param name="IsInteractive">Somebody is there to be asked.</param>
internal sealed record Terminal(
    IAnsiConsole Screen, TextWriter Output, TextWriter Error, TextReader Input, bool IsInteractive, TimeProvider Time, Random Random)
{
    public void Complain(string message) => Error.WriteLine($"operator: {message.ReplaceLineEndings(" ")}");
}
