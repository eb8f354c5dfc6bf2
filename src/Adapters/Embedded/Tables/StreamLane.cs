using System.Threading.Channels;

namespace DataToEvents.Adapters.Embedded.Tables;

/// <summary>
/// The records of some partition keys that wait for the function, in order. A lane that falls too far behind stops listening and
/// reads on from disk when it has caught up with what it holds.
/// </summary>
internal sealed class StreamLane(int maxHeld, Func<ChangeRecord, bool> takes, long checkpoint)
{
    private readonly Lock _gate = new();
    private readonly Queue<ChangeRecord> _held = [];
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long _seen = checkpoint;
    private bool _listening;

    /// <summary>Up to which sequence this lane has seen the stream.</summary>
    public long Seen => Locked(lane => lane._seen);

    /// <summary>Held, and unknown many more when it is behind.</summary>
    public int Waiting => Locked(lane => lane._held.Count + (lane._listening ? 0 : 1));

    public long? OldestAtMs => Locked(lane => lane._held.TryPeek(out var record) ? record.AtMs : (long?)null);

    /// <summary>Whether it has to read from disk before it can go on.</summary>
    public bool MustCatchUp => Locked(lane => !lane._listening && lane._held.Count == 0);

    /// <summary>Live changes; a lane that is behind lets them pass and finds them on disk.</summary>
    public void Hear(IReadOnlyList<ChangeRecord> changes)
    {
        lock (_gate)
        {
            if (_listening)
            {
                Take(changes);
            }
        }

        _news.Writer.TryWrite(true);
    }

    /// <summary>A page read from disk, in order after <see cref="Seen"/>; the last page makes it listen again.</summary>
    public void CatchUp(List<ChangeRecord> page, bool isLast)
    {
        lock (_gate)
        {
            _listening = isLast;
            Take(page);
        }
    }

    /// <summary>The next records that fit one batch, without removing them.</summary>
    public ChangeRecord[] Peek(int count, int maxBytes)
    {
        lock (_gate)
        {
            var bytes = 0;
            return [.. _held.Take(count).TakeWhile((record, index) => (bytes += record.Bytes) <= maxBytes || index == 0)];
        }
    }

    public void Remove(int count)
    {
        lock (_gate)
        {
            while (count-- > 0)
            {
                _held.Dequeue();
            }
        }
    }

    public async Task WaitAsync(CancellationToken cancellationToken) => await _news.Reader.ReadAsync(cancellationToken);

    private void Take(IReadOnlyList<ChangeRecord> changes)
    {
        foreach (var change in changes)
        {
            if (change.Sequence <= _seen)
            {
                continue;
            }

            if (takes(change))
            {
                if (_held.Count >= maxHeld)
                {
                    _listening = false;
                    return;
                }

                _held.Enqueue(change);
            }

            _seen = change.Sequence;
        }
    }

    private T Locked<T>(Func<StreamLane, T> read)
    {
        lock (_gate)
        {
            return read(this);
        }
    }
}
