namespace DataToEvents.Emulator.DeliveryStreams;

internal sealed class DeliveryCounters
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _failed = [];
    private long _accepted;
    private long _refused;
    private long _invocations;
    private long _retries;
    private long _transformed;
    private long _dropped;

    public long Accepted => Volatile.Read(ref _accepted);

    public long Refused => Volatile.Read(ref _refused);

    public long Invocations => Volatile.Read(ref _invocations);

    public long Retries => Volatile.Read(ref _retries);

    public long Transformed => Volatile.Read(ref _transformed);

    public long Dropped => Volatile.Read(ref _dropped);

    public IReadOnlyDictionary<string, long> Failed
    {
        get
        {
            lock (_gate)
            {
                return new Dictionary<string, long>(_failed);
            }
        }
    }

    public void CountPut(int accepted, int refused)
    {
        Interlocked.Add(ref _accepted, accepted);
        Interlocked.Add(ref _refused, refused);
    }

    public void CountInvocation(bool isRetry)
    {
        Interlocked.Increment(ref _invocations);
        Interlocked.Add(ref _retries, isRetry ? 1 : 0);
    }

    public void CountOutcome(TransformBatch batch, TransformResult result)
    {
        var (transformed, dropped) = (0, 0);
        lock (_gate)
        {
            for (var i = 0; i < batch.Records.Count; i++)
            {
                if (result.ErrorOf(batch, i) is { } error)
                {
                    _failed[error.Code] = _failed.GetValueOrDefault(error.Code) + 1;
                    continue;
                }

                _ = batch.Results[i].Status == TransformStatus.Ok ? transformed++ : dropped++;
            }
        }

        Interlocked.Add(ref _transformed, transformed);
        Interlocked.Add(ref _dropped, dropped);
    }
}
