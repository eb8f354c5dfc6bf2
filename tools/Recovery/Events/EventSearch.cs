using DataToEvents.Recovery.Failed;

namespace DataToEvents.Recovery.Events;

/// <summary>Finds the events with an id at every place of the path that can be read.</summary>
internal sealed class EventSearch(PathServices services, EventId id, CancellationToken stopping)
{
    /// <summary>Looks into the consumer's view, the store and the places of what was set aside; then into the lake, at the time that was found there.</summary>
    /// <param name="stream">The stream, which finds an event in the store that no consumer has; null: not known.</param>
    /// <param name="aside">The places of what was set aside.</param>
    /// <param name="from">Where the lake is read if no other place has the time of acceptance.</param>
    /// <param name="to">Until when.</param>
    public async Task<List<Sighting>> RunAsync(string? stream, AsideSearch aside, DateTimeOffset from, DateTimeOffset to)
    {
        List<Sighting> found = [.. await InViewAsync(), .. await aside.RunAsync()];
        if (found.Count == 0 && stream is null)
        {
            // The store is asked by the stream, which only the lake has here.
            found.AddRange(await InLakeAsync(from, to));
            return [.. found, .. await InStoreAsync(Streams(found))];
        }

        found.AddRange(await InStoreAsync(stream is null ? Streams(found) : Streams(found).Append(stream).Distinct()));
        var accepted = found.Select(static sighting => sighting.Event.AcceptedAt).OfType<DateTimeOffset>().Distinct().ToList();
        return [.. found, .. await (accepted.Count == 0 ? InLakeAsync(from, to) : InLakeAsync(accepted.Min(), accepted.Max()))];
    }

    private static IEnumerable<string> Streams(IEnumerable<Sighting> found) => found.Select(static sighting => sighting.Event.Stream.Value).Distinct();

    private async Task<List<Sighting>> InViewAsync()
    {
        try
        {
            return await new ViewLookup(services.Dynamo, services.Names.View).FindAsync(id, stopping);
        }
        catch (Amazon.DynamoDBv2.Model.ResourceNotFoundException)
        {
            // The consumer keeps its data elsewhere.
            return [];
        }
    }

    private async Task<List<Sighting>> InStoreAsync(IEnumerable<string> streams)
    {
        var found = new List<Sighting>();
        foreach (var stream in streams.ToList())
        {
            found.AddRange((await services.Table.WithIdAsync(stream, id.Value, stopping)).Select(item => new Sighting(
                PathHop.Store, item.Event, item.StoredAt, $"table {services.Names.Table}: {item.Event.Stream}, {item.Event.Key}", $"sequence {item.Sequence}")));
        }

        return found;
    }

    private async Task<List<Sighting>> InLakeAsync(DateTimeOffset from, DateTimeOffset to)
    {
        var found = new List<Sighting>();
        await foreach (var (item, line) in new Lake(services.Bucket).LinesAsync(from, to, stopping))
        {
            // Most lines are of other events, and are not read as JSON.
            if (line.AsSpan().IndexOf(_idBytes) >= 0 && DataEvent.Parse(line) is var read && read.Id == id)
            {
                found.Add(new Sighting(PathHop.Lake, read, item.LastModified, item.Key));
            }
        }

        return found;
    }

    /// <summary>The bytes that every envelope with this id holds: the id as JSON without escapes. Empty for an id that JSON has to escape.</summary>
    private readonly byte[] _idBytes = JsonEncodedText.Encode(id.Value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes is var escaped && escaped.Length == Encoding.UTF8.GetByteCount(id.Value)
        ? escaped.ToArray()
        : [];
}
