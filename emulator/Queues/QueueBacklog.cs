using System.Diagnostics.CodeAnalysis;

namespace DataToEvents.Emulator.Queues;

/// <summary>
/// The durable messages of a queue: their order, which may be received next, which are in flight, and which contents are held in memory.
/// A group of a FIFO queue gives the messages before its first one in flight, and no others until that one is deleted or visible again (recorded on AWS).
/// Not thread-safe: use it under the queue's lock.
/// </summary>
internal sealed class QueueBacklog(QueueOptions options)
{
    private readonly Dictionary<long, Message> _messages = [];
    private readonly QueueOrder _order = new();
    private readonly Dictionary<string, MessageGroup> _groups = [];
    private readonly Queue<MessageGroup> _line = [];
    private readonly SortedSet<(long UntilMs, long Sequence)> _hidden = [];
    private readonly SortedSet<(long UntilMs, long Sequence)> _delayed = [];
    private int _heldBodies;

    /// <summary>The last message that is looked at for groups to receive from; null while all are.</summary>
    private Message? _horizon;
    private long _heldBytes;

    public int Count => _messages.Count;

    public int InFlight => _hidden.Count;

    public int Delayed => _delayed.Count;

    public Message? Oldest => _order.First;

    /// <summary>Whether a group stands in line to be received from.</summary>
    public bool HasReadyGroup => _line.Count > 0;

    /// <summary>When the next message that is in flight or delayed becomes visible, in Unix milliseconds; null when there is none.</summary>
    public long? NextVisibleMs => (_hidden.Count, _delayed.Count) switch
    {
        (0, 0) => null,
        (0, _) => _delayed.Min.UntilMs,
        (_, 0) => _hidden.Min.UntilMs,
        _ => Math.Min(_hidden.Min.UntilMs, _delayed.Min.UntilMs),
    };

    public bool TryGet(long sequence, [NotNullWhen(true)] out Message? message) => _messages.TryGetValue(sequence, out message);

    public bool Contains(Message message) => _messages.ContainsKey(message.Sequence);

    public IEnumerable<Message> InOrder()
    {
        for (var message = _order.First; message is not null; message = message.InQueue.Next)
        {
            yield return message;
        }
    }

    /// <summary>Adds a message that is on disk to the end of the list. Its body is not kept in memory when the limit of held bodies is reached.</summary>
    public void Append(Message message)
    {
        if (_heldBodies >= options.MaxHeldBodies || _heldBytes + message.BodyLength > options.MaxHeldBytes)
        {
            message.Content = null;
        }

        CountBody(message, +1);
        if (options.Fifo && _horizon is null && _messages.Count == options.MaxLookAhead)
        {
            _horizon = _order.Last;
        }

        _messages.Add(message.Sequence, message);
        _order.Append(message);
        if (options.Fifo && _delayed.Count > 0)
        {
            // It must not overtake an earlier one, even if the queue's delay was shortened or the clock was set between them.
            message.DueMs = Math.Max(message.DueMs, _delayed.Max.UntilMs);
        }

        if (message.DueMs > 0)
        {
            message.IsDelayed = true;
            _delayed.Add((message.DueMs, message.Sequence));
        }
        else
        {
            JoinGroup(message);
        }
    }

    /// <summary>Holds a content that was read from disk.</summary>
    public void Hold(Message message, MessageContent content)
    {
        if (message.Content is null && Contains(message))
        {
            message.Content = content;
            CountBody(message, +1);
        }
    }

    /// <summary>Removes a message that was deleted. Two callers may delete the same one.</summary>
    public void Remove(Message message)
    {
        if (!_messages.Remove(message.Sequence))
        {
            return;
        }

        CountBody(message, -1);
        var seen = MoveHorizon(message);
        _order.Remove(message);
        if (message.IsDelayed)
        {
            _delayed.Remove((message.DueMs, message.Sequence));
        }
        else
        {
            LeaveGroup(message);
        }

        if (seen is { IsDelayed: false })
        {
            JoinLine(seen.Group);
        }
    }

    /// <summary>Puts a message in flight, or changes until when it is.</summary>
    public void Hide(Message message, long untilMs)
    {
        EndFlight(message);
        message.HiddenUntilMs = untilMs;
        message.Group.InFlight++;
        _hidden.Add((untilMs, message.Sequence));
    }

    /// <summary>Makes a message visible. Its group is ready again when its first message is visible.</summary>
    public void Show(Message message)
    {
        EndFlight(message);
        JoinLine(message.Group);
    }

    /// <summary>Makes the messages visible whose visibility timeout or delay is over.</summary>
    public void ShowExpired(long nowMs)
    {
        while (_delayed.Count > 0 && _delayed.Min.UntilMs <= nowMs)
        {
            var message = _messages[_delayed.Min.Sequence];
            _delayed.Remove(_delayed.Min);
            message.IsDelayed = false;
            JoinGroup(message);
        }

        while (_hidden.Count > 0 && _hidden.Min is var (until, sequence) && until <= nowMs)
        {
            Show(_messages[sequence]);
        }
    }

    /// <summary>Takes the next group out of the line whose messages may be received.</summary>
    public bool TryNextGroup([NotNullWhen(true)] out MessageGroup? group)
    {
        while (_line.TryDequeue(out group))
        {
            group.InLine = false;
            if (MayBeReceived(group))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Puts a group into the line if it is ready.</summary>
    public void JoinLine(MessageGroup group)
    {
        if (MayBeReceived(group) && !group.InLine)
        {
            group.InLine = true;
            _line.Enqueue(group);
        }
    }

    private bool MayBeReceived(MessageGroup group) => group.IsReady && (_horizon is null || group.First!.Sequence <= _horizon.Sequence);

    /// <summary>Moves the horizon by one message, if the message that is about to be removed lies before it.</summary>
    /// <returns>The message that comes into sight; null when none does.</returns>
    private Message? MoveHorizon(Message removed)
    {
        if (_horizon is null || removed.Sequence > _horizon.Sequence)
        {
            return null;
        }

        var seen = _horizon.InQueue.Next;
        _horizon = seen?.InQueue.Next is null ? null : seen;
        return seen;
    }

    private void JoinGroup(Message message)
    {
        message.Join(GroupOf(message.GroupId));
        message.Group.Append(message);
        JoinLine(message.Group);
    }

    private void LeaveGroup(Message message)
    {
        var group = message.Group;
        group.Remove(message);
        Show(message);
        if (group.First is null && group.Id is not null)
        {
            _groups.Remove(group.Id);
        }
    }

    private MessageGroup GroupOf(string? groupId)
    {
        if (!options.Fifo || groupId is null)
        {
            return new MessageGroup(groupId);
        }

        if (!_groups.TryGetValue(groupId, out var group))
        {
            _groups.Add(groupId, group = new MessageGroup(groupId));
        }

        return group;
    }

    private void EndFlight(Message message)
    {
        if (message.HiddenUntilMs is { } until)
        {
            message.HiddenUntilMs = null;
            message.Group.InFlight--;
            _hidden.Remove((until, message.Sequence));
        }
    }

    /// <summary>Counts a content that came (+1) or goes (-1).</summary>
    private void CountBody(Message message, int sign)
    {
        if (message.Content is not null)
        {
            _heldBodies += sign;
            _heldBytes += sign * (long)message.BodyLength;
        }
    }
}
