namespace DataToEvents.Emulator.Queues;

/// <summary>A message's neighbours in one order.</summary>
internal struct MessageLinks
{
    public Message? Previous;
    public Message? Next;
}

/// <summary>A linked list of messages. The links are members of the messages, so that an entry needs no object of its own.</summary>
internal abstract class MessageList
{
    public Message? First { get; private set; }

    public Message? Last { get; private set; }

    public void Append(Message message)
    {
        LinksOf(message).Previous = Last;
        if (Last is null)
        {
            First = message;
        }
        else
        {
            LinksOf(Last).Next = message;
        }

        Last = message;
    }

    public void Remove(Message message)
    {
        var links = LinksOf(message);
        if (links.Previous is null)
        {
            First = links.Next;
        }
        else
        {
            LinksOf(links.Previous).Next = links.Next;
        }

        if (links.Next is null)
        {
            Last = links.Previous;
        }
        else
        {
            LinksOf(links.Next).Previous = links.Previous;
        }
    }

    protected abstract ref MessageLinks LinksOf(Message message);
}

/// <summary>All messages of a queue, in the order of their sequence numbers.</summary>
internal sealed class QueueOrder : MessageList
{
    protected override ref MessageLinks LinksOf(Message message) => ref message.InQueue;
}

/// <summary>The messages of one group, in order. A standard queue gives each message a group of its own.</summary>
/// <param name="id">The message group id, or null.</param>
internal sealed class MessageGroup(string? id) : MessageList
{
    public string? Id { get; } = id;

    public int InFlight { get; set; }

    /// <summary>Whether messages of the group may be received now: those before the first that is in flight.</summary>
    public bool IsReady => First is { HiddenUntilMs: null };

    /// <summary>Whether the group stands in the line of groups to receive from.</summary>
    public bool InLine { get; set; }

    protected override ref MessageLinks LinksOf(Message message) => ref message.InGroup;
}
