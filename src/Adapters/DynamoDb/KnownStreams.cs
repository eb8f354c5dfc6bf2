namespace DataToEvents.Adapters.DynamoDb;

/// <summary>Streams whose row this process has seen in the view, so that it does not read the row again. It keeps a bounded number, as there may be millions of streams.</summary>
internal sealed class KnownStreams
{
    private const int Most = 10_000;

    private readonly HashSet<StreamId> _streams = [];
    private readonly Lock _gate = new();

    public bool Contains(StreamId stream)
    {
        lock (_gate)
        {
            return _streams.Contains(stream);
        }
    }

    public void Add(StreamId stream)
    {
        lock (_gate)
        {
            if (_streams.Count == Most)
            {
                _streams.Clear();
            }

            _streams.Add(stream);
        }
    }
}
