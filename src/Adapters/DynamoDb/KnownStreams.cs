namespace DataToEvents.Adapters.DynamoDb;

/// <summary>Streams of which this process knows that the view has their row, so that it does not ask again. The newest ones, as there may be millions.</summary>
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
