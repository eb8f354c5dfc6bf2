namespace DataToEvents.Application.Lanes;

/// <summary>Decides which items are sent next, and keeps the outcome of each. It measures no time and makes no call.</summary>
internal sealed class LaneSchedule<T>
{
    private readonly IReadOnlyList<T> _items;
    private readonly LaneOptions _options;
    private readonly ItemState[] _states;

    /// <summary>Lanes that have an item to send and no call under way. The longest lane comes first, because its calls cannot overlap.</summary>
    private readonly PriorityQueue<Lane, (int MinusRemaining, int First)> _ready;

    /// <summary>Ready lanes whose item was in a call of several that failed as a whole. Each gets a call of its own, so that one bad entry cannot fail the others again.</summary>
    private readonly Queue<Lane> _alone = new();

    private long _readyBytes;

    public LaneSchedule(IReadOnlyList<T> items, Func<T, string> laneOf, Func<T, int> sizeOf, LaneOptions options)
    {
        (_items, _options) = (items, options);
        _states = new ItemState[items.Count];
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
                _states[lane.Last].Next = i;
            }

            lane.Last = i;
            lane.Remaining++;
            (_states[i].Lane, _states[i].Size) = (lane, sizeOf(items[i]));
        }

        _ready = new(lanes.Count);
        foreach (var lane in lanes.Values)
        {
            MakeReady(lane);
        }
    }

    /// <summary>
    /// The first items of ready lanes, as many as fit one call, or one item that goes alone. Null when there are none. Null, too, when they would
    /// not fill a call while calls under way may soon make more lanes ready: sending fuller calls saves more than sending earlier.
    /// </summary>
    public List<int>? TryTakeBatch(bool othersInFlight)
    {
        if (_alone.TryDequeue(out var single))
        {
            return [single.Head];
        }

        var fills = _ready.Count >= _options.MaxEntries || _readyBytes >= _options.MaxBytes;
        if (_ready.Count == 0 || (othersInFlight && !fills))
        {
            return null;
        }

        var batch = new List<int>(_options.MaxEntries);
        for (var bytes = 0L; batch.Count < _options.MaxEntries && _ready.TryPeek(out var lane, out _); batch.Add(lane.Head))
        {
            var size = _states[lane.Head].Size;
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

    public int Attempts(IReadOnlyList<int> batch) => batch.Max(position => _states[position].Attempts);

    public void Resume(IReadOnlyList<int> batch)
    {
        foreach (var position in batch)
        {
            MakeReady(_states[position].Lane);
        }
    }

    /// <returns>The positions to try again after a pause.</returns>
    public IReadOnlyList<int> Settle(BatchOutcome outcome)
    {
        List<int>? toRetry = null;
        var isRefusedTogether = IsRefusedTogether(outcome);
        for (var i = 0; i < outcome.Batch.Count; i++)
        {
            var (position, attempt) = (outcome.Batch[i], outcome.Attempts[i]);
            ref var state = ref _states[position];
            state.Attempts++;
            state.GoesAlone = outcome.HasFailedAsAWhole || isRefusedTogether;
            if (attempt.Result == AttemptResult.Done)
            {
                state.Result = LaneResult.Done;
                Advance(state.Lane);
            }
            else if (attempt.Result == AttemptResult.Retry || isRefusedTogether)
            {
                state.Lane.LastFailure = attempt.Reason;
                (toRetry ??= []).Add(position);
            }
            else
            {
                GiveUp(state.Lane, attempt.Reason);
            }
        }

        return toRetry ?? (IReadOnlyList<int>)[];
    }

    /// <summary>A result for each item. An item that never had its turn failed, for the reason <paramref name="otherwise"/>.</summary>
    public LaneResult[] Results(string otherwise) => Array.ConvertAll(
        _states, state => state.Result ?? LaneResult.Failed(state.Lane.LastFailure is { } failure ? $"{otherwise}; {failure}" : otherwise));

    /// <summary>Several entries that are all refused may have been refused because of one of them.</summary>
    private static bool IsRefusedTogether(BatchOutcome outcome) =>
        outcome.Attempts.Count > 1 && outcome.Attempts.All(static attempt => attempt.Result == AttemptResult.Rejected);

    private void Advance(Lane lane)
    {
        if (TryMoveNext(lane))
        {
            MakeReady(lane);
        }
    }

    private void GiveUp(Lane lane, string? reason)
    {
        _states[lane.Head].Result = LaneResult.Failed(reason);
        while (TryMoveNext(lane))
        {
            _states[lane.Head].Result = LaneResult.HeldBack(reason);
        }
    }

    private bool TryMoveNext(Lane lane)
    {
        lane.Head = _states[lane.Head].Next;
        return --lane.Remaining > 0;
    }

    private void MakeReady(Lane lane)
    {
        if (_states[lane.Head].GoesAlone)
        {
            _alone.Enqueue(lane);
            return;
        }

        _ready.Enqueue(lane, (-lane.Remaining, lane.Head));
        _readyBytes += _states[lane.Head].Size;
    }

    /// <summary>The state of one item.</summary>
    private struct ItemState
    {
        public Lane Lane;
        public int Size;
        public int Attempts;

        /// <summary>Whether its last call failed as a whole: the item had no answer of its own.</summary>
        public bool GoesAlone;

        /// <summary>Position of the next item in its lane.</summary>
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
