using DataToEvents.Domain.Catalog;

namespace DataToEvents.Recovery.Failed;

/// <summary>
/// Gives the events of failed records the ids that the Transformer gave them. The id of an event without one of its own is made of the time of arrival,
/// the bytes, and an ordinal that tells identical records of one batch apart. If the first of several identical records succeeded and the others failed,
/// the lake has the first, under the same time of arrival; the ordinals go on behind it.
/// </summary>
internal sealed class RecordIds(EventCatalog catalog, int unpackedLimit, Lake lake)
{
    // One reader for the whole run, so that identical records are numbered on from object to object.
    private readonly RecordReader _reader = new(catalog, unpackedLimit: unpackedLimit);

    /// <param name="records">Which the Transformer would take now.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<List<IdentifiedRecord>> IdentifyAsync(IReadOnlyList<TriedRecord> records, CancellationToken cancellationToken)
    {
        var read = records.Select(Identify).ToList();
        while (await WentThroughAsync(read, cancellationToken) is { Count: > 0 } positions)
        {
            foreach (var position in positions)
            {
                read[position] = read[position] with { Events = Read(records[position].Record, _reader).ToList() };
            }
        }

        return read;
    }

    private static IEnumerable<DataEvent> Read(FailedRecord record, RecordReader reader) =>
        reader.Read(record.Data, record.Arrival).Where(static item => item is { IsDropped: false, Refusal: null }).Select(ToSend);

    /// <summary>
    /// Without masks, because the Transformer puts them on. A payload that has to go into the bucket goes there with its masks: no other step puts them on.
    /// </summary>
    private static DataEvent ToSend(ParsedEvent item) => item.InlineUnmasked() is var sent && sent.Envelope.Length <= FirehoseLimits.MaxRecordBytes ? sent : item.Inline();

    /// <summary>Reads the record twice as one batch: an event with an id of its own keeps that id, any other event gets another.</summary>
    private IdentifiedRecord Identify(TriedRecord tried)
    {
        var record = tried.Record;
        if (tried.Verdict.Outcome == TrialOutcome.Split)
        {
            // It may hold millions of events, which are read while they are sent. None of them is in the lake: the record never went through.
            return new IdentifiedRecord(record, "", Read(record, _reader));
        }

        var probe = new RecordReader(catalog, unpackedLimit: unpackedLimit);
        var (first, second) = (Read(record, probe).ToList(), Read(record, probe).ToList());
        var hasOwnIds = first.Select(static item => item.Id).SequenceEqual(second.Select(static item => item.Id));
        return new IdentifiedRecord(record, first.FirstOrDefault()?.Stream.Value ?? "", hasOwnIds ? null : Read(record, _reader).ToList());
    }

    /// <summary>Finds the records whose ids are in the lake already: those ids belong to identical records that came before them.</summary>
    private async Task<List<int>> WentThroughAsync(List<IdentifiedRecord> read, CancellationToken cancellationToken)
    {
        var wanted = new Dictionary<(string Id, DateTimeOffset Accepted), int>();
        for (var i = 0; i < read.Count; i++)
        {
            if (read[i].Events is List<DataEvent> and [var first, ..])
            {
                wanted[(first.Id.Value, read[i].Record.Arrival)] = i;
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
/// <param name="Events">The events to send in its place, to be read once. Null: they bring their ids themselves, so that the record can be sent as it is.</param>
internal sealed record IdentifiedRecord(FailedRecord Record, string Stream, IEnumerable<DataEvent>? Events);
