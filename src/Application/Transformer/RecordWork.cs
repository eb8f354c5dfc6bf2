namespace DataToEvents.Application.Transformer;

/// <summary>One record on its way to its verdict.</summary>
internal sealed class RecordWork(string recordId)
{
    private const byte LineFeed = (byte)'\n';

    // Most records are one event.
    private readonly List<EventWork> _events = new(1);
    private string? _failure;
    private DataEvent? _failed;
    private long _bytesRead;

    public string RecordId => recordId;

    public List<EventWork> Events => _events;

    public bool HasFailed => _failure is not null;

    /// <summary>Whether the catalog drops all of its events.</summary>
    public bool IsDropped => _failure is null && _events.Count == 0;

    /// <summary>Whether it failed because of its content. Then it would fail again whenever it came back.</summary>
    public bool IsPoison { get; private set; }

    /// <summary>Whether it failed because its lines do not fit the answer.</summary>
    public bool IsTooLarge { get; private set; }

    /// <summary>Bytes that the record's lines take in the lake.</summary>
    public int LakeBytes
    {
        get
        {
            var bytes = 0;
            foreach (var item in _events)
            {
                bytes += item.Event.Envelope.Length + 1;
            }

            return bytes;
        }
    }

    /// <summary>Adds an event. When its lines are longer than <paramref name="limit"/> bytes, the record fails, and this is false.</summary>
    public bool TryAdd(EventWork item, int limit)
    {
        _events.Add(item);
        _bytesRead += item.Event.Envelope.Length;
        if (_events.Count > 1 && _bytesRead > limit)
        {
            // An unpacked record may hold megabytes of them.
            _events.Clear();
            IsTooLarge = !HasFailed;
            Refuse($"its events do not fit an answer of {limit} bytes");
            return false;
        }

        return true;
    }

    /// <summary>Makes the record fail. The first reason is kept.</summary>
    public void Fail(string reason, DataEvent? failed = null)
    {
        if (_failure is null)
        {
            (_failure, _failed) = (reason, failed);
        }
    }

    /// <summary>Makes the record fail because its lines do not fit the answer.</summary>
    public void FailAsTooLarge(string reason)
    {
        IsTooLarge = !HasFailed;
        Fail(reason);
    }

    public void Refuse(string reason, DataEvent? failed = null)
    {
        IsPoison = true;
        Fail(reason, failed);
    }

    public RecordVerdict Verdict(ByteArena? arena)
    {
        if (_failure is not null)
        {
            return new RecordVerdict(recordId, RecordResult.ProcessingFailed, default, _failure, _failed is null ? null : EventName.Of(_failed), IsTooLarge);
        }

        return IsDropped
            ? new RecordVerdict(recordId, RecordResult.Dropped, default, null)
            : new RecordVerdict(recordId, RecordResult.Ok, Lines(arena), null);
    }

    private Memory<byte> Lines(ByteArena? arena)
    {
        var length = LakeBytes;
        var lines = arena?.Take(length) ?? new byte[length];
        var written = 0;
        foreach (var item in _events)
        {
            item.Event.Envelope.CopyTo(lines[written..]);
            written += item.Event.Envelope.Length + 1;
            lines.Span[written - 1] = LineFeed;
        }

        return lines;
    }
}

/// <summary>One event of a record. Its payload is inline at first, and behind a reference once it was checked in.</summary>
internal sealed class EventWork(RecordWork record, ParsedEvent parsed)
{
    public RecordWork Record => record;

    public DataEvent Event { get; private set; } = parsed.Inline();

    /// <summary>Whether its payload is in the payload store.</summary>
    public bool IsCheckedIn { get; private set; }

    public void Refer(string dataRef) => (Event, IsCheckedIn) = (parsed.Referring(dataRef), true);
}
