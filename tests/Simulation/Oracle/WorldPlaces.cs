using System.IO.Compression;
using DataToEvents.Adapters.Formats;
using DataToEvents.Simulation.Workload;
using DataToEvents.Simulation.World;

namespace DataToEvents.Simulation.Oracle;

/// <summary>The contents of all places at one time.</summary>
internal sealed class WorldPlaces
{
    public List<Found> Lake { get; } = [];

    /// <summary>Each with the queue's sequence number.</summary>
    public List<(Found Event, string Sequence)> Store { get; } = [];

    public List<Found> Bus { get; } = [];

    public List<(Found Event, string Sequence)> View { get; } = [];

    /// <summary>The queue's sequences of each stream's history, in the order in which the consumer tells it.</summary>
    public Dictionary<string, List<string>> Histories { get; } = [];

    /// <summary>The consumer's word for how many events a stream had, and its latest.</summary>
    public Dictionary<string, (long Events, Found Latest)> Streams { get; } = [];

    public HashSet<Sent> ProcessingFailed { get; } = [];

    public List<Found> DeadLetters { get; } = [];

    public List<Found> OnFailure { get; } = [];

    /// <summary>In an on-failure object with a stranger, which no operator can clear.</summary>
    public List<Found> BesideStrangers { get; } = [];

    /// <summary>In an on-failure object with other changes: it may be there for their sake.</summary>
    public HashSet<Found> GivenUpTogether { get; } = [];

    /// <summary>The largest number of changes in one on-failure object.</summary>
    public int LargestOnFailure { get; private set; }

    public List<Found> RuleDeadLetters { get; } = [];

    public List<Found> Quarantine { get; } = [];

    /// <summary>The items that the on-failure destination and the rule's dead-letter queue refused.</summary>
    public List<Found> Dropped { get; } = [];

    /// <summary>Foreign items in both dead-letter queues and at the on-failure destination.</summary>
    public (int Messages, int Items, int Events) Strangers { get; private set; }

    public IEnumerable<Found> All => [.. Lake, .. Store.Select(item => item.Event), .. Bus, .. View.Select(item => item.Event), .. DeadLetters, .. OnFailure, .. BesideStrangers, .. RuleDeadLetters, .. Quarantine];

    public static async Task<WorldPlaces> LookAsync(PathWorld world, Host host, Ledger ledger)
    {
        var places = new WorldPlaces();
        await places.LookAsideAsync(world, host, ledger);
        foreach (var key in await world.Bucket.ListAsync("lake/events/"))
        {
            foreach (var line in Lines(Unzip((await world.Bucket.GetAsync(key))!)))
            {
                places.Lake.Add(await EnvelopeReader.ReadAsync(line, world.Bucket));
            }
        }

        await places.LookIntoStoreAsync(world, host);
        foreach (var detail in world.Published)
        {
            places.Bus.Add(await EnvelopeReader.ReadAsync(detail, world.Bucket));
        }

        await places.LookIntoViewAsync(world, host);
        return places;
    }

    /// <summary>Only what was set aside.</summary>
    public static async Task<WorldPlaces> LookAsideOnlyAsync(PathWorld world, Host host, Ledger ledger)
    {
        var places = new WorldPlaces();
        await places.LookAsideAsync(world, host, ledger);
        return places;
    }

    private async Task LookAsideAsync(PathWorld world, Host host, Ledger ledger)
    {
        foreach (var (_, lines) in await Aside.FailedAsync(world))
        {
            foreach (var line in lines)
            {
                ProcessingFailed.UnionWith(await EventsAsync(line.RawData, world, ledger));
            }
        }

        var (messages, items, events) = (0, 0, 0);
        foreach (var letter in await host.DeadLetters.ListAsync(limit: 10_000))
        {
            messages += await AddAsync(DeadLetters, letter.Body, world) ? 0 : 1;
        }

        var givenUp = await Aside.GivenUpAsync(world);
        LargestOnFailure = givenUp.Select(item => item.Envelopes.Count).DefaultIfEmpty().Max();
        foreach (var changes in givenUp.Select(item => item.Envelopes))
        {
            var place = changes.Contains(null) ? BesideStrangers : OnFailure;
            foreach (var change in changes)
            {
                items += change is { } envelope && await AddAsync(place, Encoding.UTF8.GetBytes(envelope), world) ? 0 : 1;
            }

            GivenUpTogether.UnionWith(changes.Count > 1 ? place.TakeLast(changes.Count) : []);
        }

        foreach (var letter in await host.RuleDeadLetters.ListAsync(limit: 10_000))
        {
            events += await AddAsync(RuleDeadLetters, Detail(letter.Body), world) ? 0 : 1;
        }

        foreach (var change in world.DroppedObjects.SelectMany(body => Aside.Changes(body).Envelopes))
        {
            items += change is { } envelope && await AddAsync(Dropped, Encoding.UTF8.GetBytes(envelope), world) ? 0 : 1;
        }

        foreach (var body in world.DroppedEvents)
        {
            events += await AddAsync(Dropped, Detail(body), world) ? 0 : 1;
        }

        foreach (var (_, envelope) in await Aside.ConflictsAsync(world))
        {
            Quarantine.Add(await EnvelopeReader.ReadAsync(envelope, world.Bucket));
        }

        Strangers = (messages, items, events);
    }

    /// <summary>The store's events in the order in which they were stored.</summary>
    public static async Task<List<(byte[] Envelope, string Sequence)>> StoredAsync(Host host)
    {
        var stored = new List<(byte[], string)>();
        for (string? after = null; ;)
        {
            var page = await host.Table.ScanAsync(after, 1_000);
            foreach (var item in page.Items)
            {
                using var json = JsonDocument.Parse(item);
                if (json.RootElement.TryGetProperty(EventItem.Envelope, out var envelope))
                {
                    stored.Add((Encoding.UTF8.GetBytes(envelope.GetProperty("S").GetString()!), json.RootElement.GetProperty(EventItem.Sequence).GetProperty("S").GetString()!));
                }
            }

            if ((after = page.Next) is null)
            {
                return stored;
            }
        }
    }

    private async Task LookIntoStoreAsync(PathWorld world, Host host)
    {
        foreach (var (envelope, sequence) in await StoredAsync(host))
        {
            Store.Add((await EnvelopeReader.ReadAsync(envelope, world.Bucket), sequence));
        }
    }

    private static string Sequence(ReadOnlyMemory<byte> envelope)
    {
        using var json = JsonDocument.Parse(envelope);
        return json.RootElement.GetProperty("dtesequence").GetString()!;
    }

    private async Task LookIntoViewAsync(PathWorld world, Host host)
    {
        await foreach (var (_, envelope) in host.View.EventsAsync(default, null, 100_000, CancellationToken.None))
        {
            View.Add((await EnvelopeReader.ReadAsync(envelope, world.Bucket), Sequence(envelope)));
        }

        foreach (var stream in View.Select(item => item.Event.Stream).Distinct())
        {
            var summary = (await host.View.StreamAsync(new Domain.StreamId(stream), CancellationToken.None))!;
            Streams.Add(stream, (summary.Events, await EnvelopeReader.ReadAsync(summary.Latest, world.Bucket)));
            Histories.Add(stream, await host.View.HistoryAsync(new Domain.StreamId(stream), null, 100_000, CancellationToken.None).Select(listed => Sequence(listed.Envelope)).ToListAsync());
        }
    }

    /// <summary>The events of a record as it was put; an operator may have put a single event of it as a CloudEvent.</summary>
    private static async Task<IEnumerable<Sent>> EventsAsync(byte[] record, PathWorld world, Ledger ledger) =>
        ledger.FindRecord(record) is { } known
            ? known.Events
            : ledger.Find((await EnvelopeReader.ReadAsync(record, world.Bucket)).Content) is { } sent ? [sent] : [];

    /// <summary>False: it is a stranger.</summary>
    private static async Task<bool> AddAsync(List<Found> list, ReadOnlyMemory<byte> envelope, PathWorld world)
    {
        if (envelope.Span.IndexOf(Encoding.UTF8.GetBytes(Workload.Strangers.Mark)) >= 0)
        {
            return false;
        }

        list.Add(await EnvelopeReader.ReadAsync(envelope, world.Bucket));
        return true;
    }

    private static byte[] Detail(ReadOnlyMemory<byte> busEvent)
    {
        using var json = JsonDocument.Parse(busEvent);
        return Encoding.UTF8.GetBytes(json.RootElement.GetProperty("detail").GetRawText());
    }

    private static byte[] Unzip(byte[] packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var whole = new MemoryStream();
        gzip.CopyTo(whole);
        return whole.ToArray();
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Lines(ReadOnlyMemory<byte> text)
    {
        while (!text.IsEmpty)
        {
            var end = text.Span.IndexOf((byte)'\n');
            yield return text[..end];
            text = text[(end + 1)..];
        }
    }
}
