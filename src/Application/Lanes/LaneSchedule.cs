namespace DataToEvents.Application.Lanes;

/// <summary>Which items are ready to go, and how those that went fared. Knows no time and makes no call.</summary>
internal sealed class LaneSchedule<T>
{
    private readonly IReadOnlyList<T> _items;
    private readonly LaneOptions _options;
    private readonly Place[] _places;

    /// <summary>Lanes with an item to send and none under way; the longest first, because its calls cannot overlap.</summary>
    private readonly PriorityQueue<Lane, (int MinusRemaining, int First)> _ready;

    private long _readyBytes;

    public LaneSchedule(IReadOnlyList<T> items, Func<T, string> laneOf, Func<T, int> sizeOf, LaneOptions options)
    {
        (_items, _options) = (items, options);
        _places = new Place[items.Count];
        var lanes = new Dictionary<string, Lane>(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            var name = laneOf(items[i]);
            if (!lanes.TryGetValue(name, out var lane))
            {
                lanes.Add(name, lane = new Lane { Head = i });
            }
            else
            {
                _places[lane.Last].Next = i;
            }

            lane.Last = i;
            lane.Remaining++;
            (_places[i].Lane, _places[i].Size) = (lane, sizeOf(items[i]));
        }

        _ready = new(lanes.Count);
        foreach (var lane in lanes.Values)
        {
            MakeReady(lane);
        }
    }

    /// <summary>
    /// The heads of ready lanes that fit one call. Null when there are none, or when they would not fill a call and calls under way
    /// may soon add to them: a fuller call costs less than an earlier one gains.
    /// </summary>
    public List<int>? TryTakeBatch(bool othersInFlight)
    {
        var fills = _ready.Count >= _options.MaxEntries || _readyBytes >= _options.MaxBytes;
        if (_ready.Count == 0 || (othersInFlight && !fills))
        {
            return null;
        }

        var batch = new List<int>(_options.MaxEntries);
        for (var bytes = 0L; batch.Count < _options.MaxEntries && _ready.TryPeek(out var lane, out _); batch.Add(lane.Head))
        {
            var size = _places[lane.Head].Size;
            bytes += size;
            if (batch.Count > 0 && bytes > _options.MaxBytes)
            {
                break;
            }

            _ready.Dequeue();
            _readyBytes -= size;
        }

        return batch;
    }

    public T[] Items(List<int> batch)
    {
        var items = new T[batch.Count];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = _items[batch[i]];
        }

        return items;
    }

    public int Attempts(IReadOnlyList<int> batch) => batch.Max(position => _places[position].Attempts);

    public void Resume(IReadOnlyList<int> batch)
    {
        foreach (var position in batch)
        {
            MakeReady(_places[position].Lane);
        }
    }

    /// <returns>The positions to try again after a pause.</returns>
    public IReadOnlyList<int> Settle(BatchOutcome outcome)
    {
        List<int>? toRetry = null;
        for (var i = 0; i < outcome.Batch.Count; i++)
        {
            var (position, attempt) = (outcome.Batch[i], outcome.Attempts[i]);
            ref var place = ref _places[position];
            place.Attempts++;
            if (attempt.Result == AttemptResult.Done)
            {
                place.Result = LaneResult.Done;
                Advance(place.Lane);
            }
            else if (attempt.Result == AttemptResult.Retry && place.Attempts < _options.MaxAttempts)
            {
                place.Lane.LastFailure = attempt.Reason;
                (toRetry ??= []).Add(position);
            }
            else
            {
                GiveUp(place.Lane, attempt.Reason);
            }
        }

        return toRetry ?? (IReadOnlyList<int>)[];
    }

    /// <summary>A result for each item; one that never had its turn failed for <paramref name="otherwise"/>.</summary>
    public LaneResult[] Results(string otherwise) => Array.ConvertAll(
        _places, place => place.Result ?? LaneResult.Failed(place.Lane.LastFailure is { } failure ? $"{otherwise}; {failure}" : otherwise));

    private void Advance(Lane lane)
    {
        if (TryMoveNext(lane))
        {
            MakeReady(lane);
        }
    }

    private void GiveUp(Lane lane, string? reason)
    {
        _places[lane.Head].Result = LaneResult.Failed(reason);
        while (TryMoveNext(lane))
        {
            _places[lane.Head].Result = LaneResult.HeldBack(reason);
        }
    }

    private bool TryMoveNext(Lane lane)
    {
        lane.Head = _places[lane.Head].Next;
        return --lane.Remaining > 0;
    }

    private void MakeReady(Lane lane)
    {
        _ready.Enqueue(lane, (-lane.Remaining, lane.Head));
        _readyBytes += _places[lane.Head].Size;
    }

    /// <summary>What is known of an item.</summary>
    private struct Place
    {
        public Lane Lane;
        public int Size;
        public int Attempts;

        /// <summary>Position of its lane's next item.</summary>
        public int Next;

        public LaneResult? Result;
    }

    private sealed class Lane
    {
        public int Head { get; set; }

        public int Last { get; set; }

        public int Remaining { get; set; }

        public string? LastFailure { get; set; }
    }
}
