using DataToEvents.Domain.Catalog;

namespace DataToEvents.Recovery.Failed;

/// <summary>
/// Gives the events of failed records the ids that the Transformer gave them. The id of an event without one of its own is made of the time of arrival,
/// the bytes, and an ordinal that tells identical records of one batch apart. If the first of several identical records succeeded and the others failed,
/// the lake has the first, under the same time of arrival; the ordinals go on behind it.
/// </summary>
internal sealed class RecordIds(EventCatalog catalog, Lake lake)
{
    // One reader for the whole run, so that identical records are numbered on from object to object.
    private readonly RecordReader _reader = new(catalog);

    public async Task<List<IdentifiedRecord>> IdentifyAsync(IReadOnlyList<FailedRecord> records, CancellationToken cancellationToken)
    {
        var read = records.Select(Identify).ToList();
        while (await WentThroughAsync(records, read, cancellationToken) is { Count: > 0 } positions)
        {
            foreach (var position in positions)
            {
                read[position] = read[position] with { Events = Read(records[position], _reader) };
            }
        }

        return read;
    }

    private static List<DataEvent> Read(FailedRecord record, RecordReader reader) =>
        [.. reader.Read(record.Data, record.Arrival).Where(static item => item is { IsDropped: false, Refusal: null }).Select(static item => item.Inline())];

    /// <summary>Reads the record twice as one batch: an event with an id of its own keeps that id, any other event gets another.</summary>
    private IdentifiedRecord Identify(FailedRecord record)
    {
        var probe = new RecordReader(catalog);
        var (first, second) = (Read(record, probe), Read(record, probe));
        var hasOwnIds = first.Select(static item => item.Id).SequenceEqual(second.Select(static item => item.Id));
        return new IdentifiedRecord(record, first.FirstOrDefault()?.Stream.Value ?? "", hasOwnIds ? null : Read(record, _reader));
    }

    /// <summary>Finds the records whose ids are in the lake already: those ids belong to identical records that came before them.</summary>
    private async Task<List<int>> WentThroughAsync(IReadOnlyList<FailedRecord> records, List<IdentifiedRecord> read, CancellationToken cancellationToken)
    {
        var wanted = new Dictionary<(string Id, DateTimeOffset Accepted), int>();
        for (var i = 0; i < read.Count; i++)
        {
            if (read[i].Events is [var first, ..])
            {
                wanted[(first.Id.Value, records[i].Arrival)] = i;
            }
        }

        var found = new List<int>();
        if (wanted.Count > 0)
        {
            var (from, to) = (wanted.Keys.Min(key => key.Accepted), wanted.Keys.Max(key => key.Accepted));
            await foreach (var line in lake.ReadAsync(from, to, cancellationToken))
            {
                if (line.AcceptedAt is { } accepted && wanted.Remove((line.Id.Value, accepted), out var position))
                {
                    found.Add(position);
                }
            }
        }

        return found;
    }
}

/// <param name="Record">The record as it failed.</param>
/// <param name="Stream">The stream of its first event.</param>
/// <param name="Events">Null: they bring their ids themselves, so that the record can be sent as it is.</param>
internal sealed record IdentifiedRecord(FailedRecord Record, string Stream, IReadOnlyList<DataEvent>? Events);
