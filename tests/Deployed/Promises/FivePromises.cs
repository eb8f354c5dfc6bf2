namespace DataToEvents.Deployed.Tests.Promises;

/// <summary>
/// Checks the five promises of the README on the contents of lake, table, audit queue and the consumer's API, and of the places for what
/// was set aside. Knows nothing of the implementation but the names of places and attributes.
/// </summary>
internal sealed class FivePromises(IReadOnlyList<FedRecord> fed, Observed observed, ConsumerApi api)
{
    private readonly List<string> _broken = [];

    /// <returns>The broken promises with their findings; empty if all hold.</returns>
    public async Task<IReadOnlyList<string>> CheckAsync()
    {
        var lake = (await observed.LakeAsync()).ConvertAll(SeenEnvelope.Parse);
        var stored = await StoredAsync();
        var published = await PublishedAsync();
        await CheckBytesAsync(lake, stored, published);
        CheckOneEffect(stored, published);
        CheckOrder(stored);
        await new SetAside(observed, Break).CheckAsync();
        await new ConsumerView(api, stored, published, Break).CheckAsync();
        return _broken;
    }

    private void Break(string promise, string what) => _broken.Add($"{promise}: {what}");

    /// <summary>The table's events in the order of their streams, without the item that trouble.py put there.</summary>
    private async Task<List<SeenItem>> StoredAsync() =>
        [.. (await observed.ItemsAsync(Places.Table))
            .Where(item => item["pk"] != "trouble")
            .Select(item => new SeenItem(item["pk"], item["sk"], item["seq"], SeenEnvelope.Parse(item["envelope"])))
            .OrderBy(item => item.Sequence, StringComparer.Ordinal)];

    private async Task<List<SeenEnvelope>> PublishedAsync()
    {
        var events = (await observed.DrainAsync(Places.Audit)).ConvertAll(body => JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 1_200 }).RootElement);
        return [.. events.Select(item => item.GetProperty("detail")).Where(detail => !detail.TryGetProperty("trouble", out _)).Select(detail => SeenEnvelope.Parse(detail.GetRawText()))];
    }

    private async Task CheckBytesAsync(List<SeenEnvelope> lake, List<SeenItem> stored, List<SeenEnvelope> published)
    {
        var transformed = fed.Where(record => record.IsTransformed).ToArray();
        var once = transformed.Where(record => record.IsNew).SelectMany(record => record.Payloads).ToArray();
        await CompareAsync("the lake", transformed.SelectMany(record => record.Payloads), lake);
        await CompareAsync("the table", once, stored.Select(item => item.Event));
        // The bus delivers at least once: changes behind one that cannot be published are published again. Consumers know them by their ids.
        await CompareAsync("the bus", once, published.DistinctBy(item => (item.Id, Convert.ToBase64String(item.Payload ?? []))));
    }

    private async Task CompareAsync(string hop, IEnumerable<byte[]> expected, IEnumerable<SeenEnvelope> found)
    {
        var payloads = new List<byte[]>();
        foreach (var item in found)
        {
            payloads.Add(item.Payload ?? await observed.ObjectAsync(item.PayloadKey!));
        }

        foreach (var difference in Multiset.Differences(expected, payloads))
        {
            Break("Bytes survive, nothing is lost", $"in {hop}, {difference}");
        }
    }

    private void CheckOneEffect(List<SeenItem> stored, List<SeenEnvelope> published)
    {
        foreach (var twice in stored.GroupBy(item => (item.Stream, item.Key)).Where(group => group.Count() > 1))
        {
            Break("Exactly one effect", $"{twice.Key} is stored {twice.Count()} times");
        }

        var keys = stored.Select(item => item.Key).ToHashSet();
        foreach (var unknown in published.Where(item => !keys.Contains(item.Key)))
        {
            Break("Exactly one effect", $"{unknown.Id} is published and not stored");
        }

        foreach (var misplaced in stored.Where(item => item.Event.Stream != item.Stream || item.Event.Key != item.Key))
        {
            Break("Exactly one effect", $"{misplaced.Event.Id} of {misplaced.Event.Stream} is stored as {misplaced.Key} of {misplaced.Stream}");
        }
    }

    /// <summary>The queue's sequence numbers grow in the order in which the records of a stream were fed.</summary>
    private void CheckOrder(List<SeenItem> stored)
    {
        var arrivals = new Dictionary<string, int>();
        foreach (var payload in fed.SelectMany(record => record.Payloads))
        {
            arrivals.TryAdd(Encoding.UTF8.GetString(payload), arrivals.Count);
        }

        foreach (var stream in stored.Where(item => item.Event.Payload is not null).GroupBy(item => item.Stream))
        {
            var order = stream.Select(item => arrivals.GetValueOrDefault(Encoding.UTF8.GetString(item.Event.Payload!), -1)).ToArray();
            if (!order.SequenceEqual(order.Order()))
            {
                Break("Order per stream", $"the stream {stream.Key} is stored in another order than it was fed");
            }
        }
    }
}

/// <summary>An item of the table.</summary>
internal sealed record SeenItem(string Stream, string Key, string Sequence, SeenEnvelope Event);
