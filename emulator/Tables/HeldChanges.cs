namespace DataToEvents.Emulator.Tables;

/// <summary>The newest changes, without a gap, held in memory.</summary>
/// <param name="max">How many changes at most.</param>
/// <param name="maxBytes">How many bytes of images at most; one change is held whatever its size.</param>
/// <param name="last">The sequence number of the last change so far.</param>
internal sealed class HeldChanges(int max, long maxBytes, long last)
{
    private readonly List<ChangeRecord> _changes = [];
    private int _start;
    private long _bytes;

    /// <summary>Every change after this one is held.</summary>
    public long After { get; private set; } = last;

    public long Last { get; private set; } = last;

    private int Count => _changes.Count - _start;

    public void Append(ChangeRecord change)
    {
        _changes.Add(change);
        _bytes += change.ImageBytes;
        Last = change.Sequence;
        while (Count > max || (_bytes > maxBytes && Count > 1))
        {
            DropOldest();
        }
    }

    /// <summary>Drops changes that no reader will ask for again, before the garbage collector moves them to an older generation.</summary>
    public void Release(long upTo)
    {
        while (Count > 0 && _changes[_start].Sequence <= upTo)
        {
            DropOldest();
        }
    }

    /// <summary>The held changes after this sequence number.</summary>
    public IEnumerable<ChangeRecord> From(long after)
    {
        var (low, high) = (_start, _changes.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _changes[middle].Sequence <= after ? (middle + 1, high) : (low, middle);
        }

        for (var i = low; i < _changes.Count; i++)
        {
            yield return _changes[i];
        }
    }

    private void DropOldest()
    {
        var dropped = _changes[_start];
        _changes[_start++] = null!;
        _bytes -= dropped.ImageBytes;
        After = dropped.Sequence;
        if (_start > _changes.Count / 2)
        {
            _changes.RemoveRange(0, _start);
            _start = 0;
        }
    }
}
