namespace DataToEvents.Application.Lanes;

/// <summary>Which items are ready to go, and how those that went fared. Knows no time and makes no call.</summary>
internal sealed class LaneSchedule<T>
{
    private readonly IReadOnlyList<T> _items;
    private readonly LaneOptions _options;
    private readonly Lane[] _laneOf;
    private readonly int[] _sizes;
    private readonly int[] _attempts;
    private readonly LaneResult?[] _results;

    /// <summary>Lanes with an item to send and none under way; the longest first, because its calls cannot overlap.</summary>
    private readonly PriorityQueue<Lane, (int MinusRemaining, int First)> _ready = new();

    private long _readyBytes;

    public LaneSchedule(IReadOnlyList<T> items, Func<T, string> laneOf, Func<T, int> sizeOf, LaneOptions options)
    {
        (_items, _options) = (items, options);
        _laneOf = new Lane[items.Count];
        _sizes = new int[items.Count];
        _attempts = new int[items.Count];
        _results = new LaneResult?[items.Count];
        var lanes = new Dictionary<string, Lane>();
        for (var i = 0; i < items.Count; i++)
        {
            var name = laneOf(items[i]);
            if (!lanes.TryGetValue(name, out var lane))
            {
                lanes.Add(name, lane = new Lane());
            }

            lane.Add(i);
            _laneOf[i] = lane;
            _sizes[i] = sizeOf(items[i]);
        }

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
            bytes += _sizes[lane.Head];
            if (batch.Count > 0 && bytes > _options.MaxBytes)
            {
                break;
            }

            _ready.Dequeue();
            _readyBytes -= _sizes[lane.Head];
        }

        return batch;
    }

    public T[] Items(List<int> batch) => [.. batch.Select(position => _items[position])];

    public int Attempts(IReadOnlyList<int> batch) => batch.Max(position => _attempts[position]);

    public void Resume(IReadOnlyList<int> batch)
    {
        foreach (var position in batch)
        {
            MakeReady(_laneOf[position]);
        }
    }

    /// <returns>The positions to try again after a pause.</returns>
    public IReadOnlyList<int> Settle(BatchOutcome outcome)
    {
        var toRetry = new List<int>();
        for (var i = 0; i < outcome.Batch.Count; i++)
        {
            var (position, attempt) = (outcome.Batch[i], outcome.Attempts[i]);
            _attempts[position]++;
            if (attempt.Result == AttemptResult.Done)
            {
                _results[position] = LaneResult.Done;
                Advance(_laneOf[position]);
            }
            else if (attempt.Result == AttemptResult.Retry && _attempts[position] < _options.MaxAttempts)
            {
                _laneOf[position].LastFailure = attempt.Reason;
                toRetry.Add(position);
            }
            else
            {
                GiveUp(_laneOf[position], attempt.Reason);
            }
        }

        return toRetry;
    }

    /// <summary>A result for each item; one that never had its turn failed for <paramref name="otherwise"/>.</summary>
    public LaneResult[] Results(string otherwise)
    {
        var results = new LaneResult[_items.Count];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = _results[i] ?? LaneResult.Failed(_laneOf[i].LastFailure is { } failure ? $"{otherwise}; {failure}" : otherwise);
        }

        return results;
    }

    private void Advance(Lane lane)
    {
        if (lane.MoveNext())
        {
            MakeReady(lane);
        }
    }

    private void GiveUp(Lane lane, string? reason)
    {
        _results[lane.Head] = LaneResult.Failed(reason);
        while (lane.MoveNext())
        {
            _results[lane.Head] = LaneResult.HeldBack(reason);
        }
    }

    private void MakeReady(Lane lane)
    {
        _ready.Enqueue(lane, (-lane.Remaining, lane.Head));
        _readyBytes += _sizes[lane.Head];
    }

    private sealed class Lane
    {
        private readonly List<int> _positions = [];
        private int _next;

        public int Head => _positions[_next];

        public int Remaining => _positions.Count - _next;

        public string? LastFailure { get; set; }

        public void Add(int position) => _positions.Add(position);

        public bool MoveNext() => ++_next < _positions.Count;
    }
}
