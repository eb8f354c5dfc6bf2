using System.Collections;

namespace DataToEvents.Domain;

/// <summary>The events of one record in its order, each read when it is asked for.</summary>
public readonly struct ReadEvents : IEnumerable<ReadEvent>
{
    private readonly RecordReader _reader;
    private readonly ReadOnlyMemory<byte> _record;
    private readonly List<ReadOnlyMemory<byte>>? _lines;
    private readonly DateTimeOffset _arrival;
    private readonly string? _traceParent;

    /// <param name="lines">Null: the record is one event.</param>
    internal ReadEvents(RecordReader reader, ReadOnlyMemory<byte> record, List<ReadOnlyMemory<byte>>? lines, DateTimeOffset arrival, string? traceParent) =>
        (_reader, _record, _lines, _arrival, _traceParent) = (reader, record, lines, arrival, traceParent);

    public Enumerator GetEnumerator() => new(this);

    IEnumerator<ReadEvent> IEnumerable<ReadEvent>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Makes no object for a record, as an iterator would.</summary>
    public struct Enumerator(ReadEvents events) : IEnumerator<ReadEvent>
    {
        private int _next;

        public ReadEvent Current { get; private set; }

        readonly object IEnumerator.Current => Current;

        public bool MoveNext()
        {
            if (_next == (events._lines?.Count ?? 1))
            {
                return false;
            }

            Current = events._reader.ReadOne(events._lines?[_next] ?? events._record, events._arrival, events._traceParent);
            _next++;
            return true;
        }

        public void Reset() => _next = 0;

        public readonly void Dispose()
        {
        }
    }
}
