namespace DteConsumer;

/// <summary>What this consumer does with an event. The same event may come more than once; it has one effect.</summary>
/// <param name="output">Gets a line for each event.</param>
internal sealed class ReceivedEventHandler(TextWriter output)
{
    // In memory, so only until the program ends. Keep them where your effect lies, in the same transaction.
    private readonly HashSet<(string Source, string Id)> _handled = [];

    public void Handle(ReceivedEvent received)
    {
        if (_handled.Add((received.Source, received.Id)))
        {
            output.WriteLine($"{received.Type} of {received.Stream ?? "no stream"}: {received.Data?.GetRawText() ?? "no JSON"}");
        }
    }
}
