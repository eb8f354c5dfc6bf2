using DataToEvents.Common.Commands;
using Spectre.Console;

namespace DataToEvents.Generator.Commands;

/// <summary>The outside world of a command.</summary>
/// <param name="Screen">For people: tables, progress, the summary.</param>
/// <param name="Output">For records, byte for byte.</param>
/// <param name="Error">One line for whatever went wrong.</param>
internal sealed record Terminal(IAnsiConsole Screen, Stream Output, TextWriter Error, TimeProvider Time, Random Random)
{
    public void Complain(string message) => Error.WriteLine($"generator: {message.ReplaceLineEndings(" ")}");

    /// <summary>Bad input.</summary>
    public Task<int> RefuseAsync(string message)
    {
        Complain(message);
        return Task.FromResult(ExitCode.BadInput);
    }
}
