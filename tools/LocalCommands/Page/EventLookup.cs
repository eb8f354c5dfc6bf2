using DataToEvents.Recovery;

namespace DataToEvents.Local.Page;

/// <summary>What happened to an event, wherever it is: what <c>operator events get</c> answers.</summary>
/// <param name="url">Where the host's endpoints are.</param>
internal sealed class EventLookup(Func<string> url)
{
    private const string Tool = "operator: ";

    /// <param name="id">The event's id.</param>
    /// <param name="stream">Finds an event in the store that no consumer has; empty if it is not known.</param>
    /// <returns>Whether the event was seen, and the operator's JSON or the reason.</returns>
    public async Task<(bool IsFound, string Answer)> FindAsync(string id, string stream)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var errors = new StringWriter(CultureInfo.InvariantCulture);
        string[] ofStream = stream.Length == 0 ? [] : ["--stream", stream];
        // An id may begin like an option.
        var exitCode = await OperatorCommands.RunAsync(["events", "get", "--json", "--endpoint-url", url(), .. ofStream, "--", id], output, errors);
        return exitCode == 0 ? (true, output.ToString()) : (false, OfCommand(errors.ToString().Trim()));
    }

    /// <summary>Names the command whose options the reason speaks of: the page has none.</summary>
    private static string OfCommand(string reason) => reason.StartsWith(Tool, StringComparison.Ordinal) ? $"operator events get: {reason[Tool.Length..]}" : reason;
}
