using DataToEvents.Domain;
using DataToEvents.Domain.Catalog;
using DataToEvents.Recovery.Reporting;

namespace DataToEvents.Operator.Catalogs;

/// <summary>Reads records by a catalog, and says of each what its events are and why.</summary>
internal sealed class CatalogCheck(EventCatalog catalog)
{
    private readonly Dictionary<DoubtKind, long> _doubts = [];
    private long _records;
    private long _events;
    private long _dropped;
    private long _refused;

    /// <returns>Whether all was understood.</returns>
    public bool Run(LineReader records, Printer printer)
    {
        var rows = new Listing("list", "record", "type", "source", "stream", "id", "time", "why");
        foreach (var record in records.ReadAll())
        {
            _records++;
            Check(record, rows);
        }

        printer.Show(rows, "There are no records.");
        Say(printer, "records", _records);
        Say(printer, "events", _events);
        Say(printer, "dropped", _dropped);
        Say(printer, "refused", _refused);
        Say(printer, "unclassified", Of(DoubtKind.Unclassified));
        Say(printer, "not_json", Of(DoubtKind.NotJson));
        Say(printer, "time_unusable", Of(DoubtKind.TimeUnusable));
        Say(printer, "invalid_cloudevents", Of(DoubtKind.InvalidCloudEvent));
        return _refused == 0 && _doubts.Count == 0;
    }

    private void Check(byte[] record, Listing rows)
    {
        // A reader for each record: what it doubts belongs to this one.
        var reader = new RecordReader(catalog);
        var doubts = new List<Doubt>();
        foreach (var read in reader.Read(record, DateTimeOffset.UnixEpoch))
        {
            var more = reader.Doubts.All.Where(doubt => doubt.Count > (doubts.Find(known => known.Kind == doubt.Kind)?.Count ?? 0)).ToList();
            doubts = [.. reader.Doubts.All];
            if (read.Refusal is { } refusal)
            {
                _refused++;
                rows.Add(_records, "", "", "", "", "", $"refused: {refusal}");
            }
            else if (read.IsDropped)
            {
                _dropped++;
                rows.Add(_records, "", "", "", "", "", "the catalog drops it");
            }
            else
            {
                _events++;
                var written = read.Inline();
                rows.Add(
                    _records, written.Type, written.Source, written.Stream.Value, read.HasOwnId ? written.Id.Value : "(of its arrival and bytes)",
                    read.HasOwnTime ? written.Time : "(of its arrival)", Why(read, written.ProducerSequence, more));
            }
        }

        foreach (var doubt in doubts)
        {
            _doubts[doubt.Kind] = Of(doubt.Kind) + doubt.Count;
        }
    }

    private static string Why(ParsedEvent read, string? sequence, List<Doubt> doubts)
    {
        var reasons = doubts.Where(static doubt => doubt.Kind != DoubtKind.Unclassified || doubt.Reason.StartsWith("no entry", StringComparison.Ordinal)).Select(doubt => doubt.Kind switch
        {
            DoubtKind.NotJson => $"not JSON: {doubt.Reason}",
            DoubtKind.TimeUnusable => $"time not usable: {doubt.Reason}",
            DoubtKind.InvalidCloudEvent => doubt.Reason,
            _ => doubt.Reason,
        });
        var entry = read.Entry is { } number ? $"events[{number}]{(sequence is null ? "" : $", sequence {sequence}")}" : doubts.Count == 0 ? "CloudEvent" : null;
        return string.Join("; ", entry is null ? reasons : reasons.Prepend(entry));
    }

    private long Of(DoubtKind kind) => _doubts.GetValueOrDefault(kind);

    private static void Say(Printer printer, string name, long count)
    {
        printer.Set(name, count);
        printer.Say(string.Create(CultureInfo.InvariantCulture, $"{name}: {count}"));
    }
}
