using System.Diagnostics.CodeAnalysis;

namespace DataToEvents.Emulator.Queues;

/// <summary>
/// The durable messages of a queue and who may be received next. The rule of a FIFO queue: a group with messages in flight
/// gives nothing more until they are deleted or visible again. Not safe for threads; the queue guards it.
/// </summary>
internal sealed class QueueBacklog
{
    private readonly Dictionary<long, Message> _messages = [];
    private readonly Dictionary<string, MessageGroup> _groups = [];
    private readonly Queue<MessageGroup> _line = [];
    private readonly SortedSet<(long UntilMs, long Sequence)> _hidden = [];
    private Message? _newest;

    public int Count => _messages.Count;

    public int InFlight => _hidden.Count;

    public Message? Oldest { get; private set; }

    public bool HasTurn => _line.Count > 0;

    public long? NextVisibleMs => _hidden.Count > 0 ? _hidden.Min.UntilMs : null;

    public MessageGroup GroupOf(string? groupId, bool fifo)
    {
        if (!fifo || groupId is null)
        {
            return new MessageGroup(groupId);
        }

        if (!_groups.TryGetValue(groupId, out var group))
        {
            _groups.Add(groupId, group = new MessageGroup(groupId));
        }

        return group;
    }

    public bool TryGet(long sequence, [NotNullWhen(true)] out Message? message) => _messages.TryGetValue(sequence, out message);

    public bool Contains(Message message) => _messages.ContainsKey(message.Sequence);

    public void Append(Message message)
    {
        _messages.Add(message.Sequence, message);
        message.Previous = _newest;
        if (_newest is null)
        {
            Oldest = message;
        }
        else
        {
            _newest.Next = message;
        }

        _newest = message;
        message.Group.Append(message);
        StandInLine(message.Group);
    }

    public void Remove(Message message)
    {
        _messages.Remove(message.Sequence);
        Unlink(message);
        var group = message.Group;
        group.Remove(message);
        Show(message);
        if (group.First is null && group.Id is not null)
        {
            _groups.Remove(group.Id);
        }
    }

    public void Hide(Message message, long untilMs)
    {
        Show(message, standInLine: false);
        message.HiddenUntilMs = untilMs;
        message.Group.InFlight++;
        _hidden.Add((untilMs, message.Sequence));
    }

    /// <summary>Makes a hidden message visible; its group has its turn again once none of its messages is hidden.</summary>
    public void Show(Message message, bool standInLine = true)
    {
        if (message.HiddenUntilMs is { } until)
        {
            message.HiddenUntilMs = null;
            message.Group.InFlight--;
            _hidden.Remove((until, message.Sequence));
        }

        if (standInLine)
        {
            StandInLine(message.Group);
        }
    }

    public void ShowExpired(long nowMs)
    {
        while (_hidden.Count > 0 && _hidden.Min is var (until, sequence) && until <= nowMs)
        {
            Show(_messages[sequence]);
        }
    }

    /// <summary>The next group whose messages may be received.</summary>
    public bool TryNextGroup([NotNullWhen(true)] out MessageGroup? group)
    {
        while (_line.TryDequeue(out group))
        {
            group.InLine = false;
            if (group.HasTurn)
            {
                return true;
            }
        }

        return false;
    }

    public void StandInLine(MessageGroup group)
    {
        if (group.HasTurn && !group.InLine)
        {
            group.InLine = true;
            _line.Enqueue(group);
        }
    }

    private void Unlink(Message message)
    {
        if (message.Previous is { } previous)
        {
            previous.Next = message.Next;
        }
        else
        {
            Oldest = message.Next;
        }

        if (message.Next is { } next)
        {
            next.Previous = message.Previous;
        }
        else
        {
            _newest = message.Previous;
        }
    }
}
