using DataToEvents.Emulator.Queues;

namespace DataToEvents.Emulator.Tests.Queues;

/// <summary>A simple model of an SQS FIFO queue. It checks the answers of the real one.</summary>
internal sealed class QueueModel(int maxReceiveCount)
{
    private readonly Dictionary<(string Group, string Id), (Guid MessageId, DateTimeOffset Sent)> _remembered = [];
    private readonly List<ReceivedMessage> _handles = [];

    public DateTimeOffset Now { get; set; }

    /// <summary>The messages in the queue, in order.</summary>
    public List<ModelMessage> Waiting { get; } = [];

    public List<Guid> Dead { get; } = [];

    public ReceivedMessage? Handle(int index) => index < _handles.Count ? _handles[index] : null;

    public void Sent(string group, string id, SendEntryResult outcome)
    {
        if (_remembered.TryGetValue((group, id), out var original) && Now - original.Sent < QueueLimits.DeduplicationWindow)
        {
            outcome.MessageId.Should().Be(original.MessageId);
            return;
        }

        _remembered[(group, id)] = (outcome.MessageId, Now);
        Waiting.Add(new ModelMessage(outcome.MessageId, group, $"{group} {id}"));
    }

    public void Received(IReadOnlyList<ReceivedMessage> received, int max, IEnumerable<Guid> dead)
    {
        var open = Waiting.GroupBy(message => message.Group).ToDictionary(group => group.Key, group => group.TakeWhile(message => !message.IsHidden(Now)).ToList());
        var buried = dead.Skip(Dead.Count).ToHashSet();
        foreach (var message in buried.Select(id => open.Values.SelectMany(group => group).Single(message => message.Id == id)).ToList())
        {
            message.Receives.Should().Be(maxReceiveCount);
            Dead.Add(message.Id);
            open[message.Group].Remove(message);
            Waiting.Remove(message);
        }

        foreach (var group in received.GroupBy(message => message.GroupId!))
        {
            var expected = open[group.Key].Take(group.Count()).ToList();
            group.Select(message => message.MessageId).Should().Equal(expected.Select(message => message.Id), "a group gives its oldest messages in order");
            group.Select(QueueBed.Body).Should().Equal(expected.Select(message => message.Body));
        }

        var available = open.Values.Sum(group => group.Count(message => message.Receives < maxReceiveCount));
        received.Should().HaveCount(Math.Min(max, available), "nothing that may be received is held back");
        foreach (var message in received)
        {
            var known = Waiting.Single(waiting => waiting.Id == message.MessageId);
            known.HiddenUntil = Now + QueueBed.Visibility;
            known.Handle = message;
            message.ReceiveCount.Should().Be(++known.Receives);
            _handles.Insert(0, message);
        }
    }

    public void Deleted(ReceivedMessage handle, EntryError? error)
    {
        var message = Waiting.Find(message => message.Id == handle.MessageId);
        var holds = message?.Holds(handle, Now);
        error?.Code.Should().Be("InvalidParameterValue");
        (error is null).Should().Be(holds != false, "a handle is good until the visibility timeout, and for what is gone");
        if (holds == true)
        {
            Waiting.Remove(message!);
        }
    }

    public void Shown(ReceivedMessage handle, EntryError? error)
    {
        var message = Waiting.Find(message => message.Id == handle.MessageId);
        var holds = message?.Holds(handle, Now) == true;
        (error is null).Should().Be(holds);
        if (holds)
        {
            message!.HiddenUntil = default;
        }
    }

    /// <summary>Messages in flight are visible again. The first receive of a message is forgotten, because only repeated ones are written to disk.</summary>
    public void Restarted()
    {
        foreach (var message in Waiting)
        {
            (message.HiddenUntil, message.Handle) = (default, null);
            message.Receives = message.Receives == 1 ? 0 : message.Receives;
        }
    }

    internal sealed class ModelMessage(Guid id, string group, string body)
    {
        public Guid Id { get; } = id;

        public string Group { get; } = group;

        public string Body { get; } = body;

        public int Receives { get; set; }

        public DateTimeOffset HiddenUntil { get; set; }

        public ReceivedMessage? Handle { get; set; }

        public bool IsHidden(DateTimeOffset now) => HiddenUntil > now;

        public bool Holds(ReceivedMessage handle, DateTimeOffset now) => Handle == handle && IsHidden(now);
    }
}
