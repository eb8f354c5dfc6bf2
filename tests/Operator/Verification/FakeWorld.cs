using System.IO.Compression;
using System.Runtime.CompilerServices;
using DataToEvents.Adapters.Formats;
using DataToEvents.Domain;
using DataToEvents.Load.Ledger;
using DataToEvents.Load.Tests;
using DataToEvents.Operator.Verification;

namespace DataToEvents.Operator.Tests.Verification;

/// <summary>A path that handled all its records correctly, until a test damages something.</summary>
internal sealed class FakeWorld : IWorld
{
    public const string LakeObject = "lake/events/year=2026/month=02/day=03/hour=04/one.json.gz";

    private static readonly DateTimeOffset Started = SomeRecords.Arrival;

    private readonly MemoryStream _ledger = new();
    private readonly LedgerWriter _writer;
    private long _sequence = 100;

    public FakeWorld() => _writer = new LedgerWriter(_ledger, new LedgerHead { Seed = 1, Target = "firehose", Name = "s", Started = Started });

    /// <summary>The lake's lines.</summary>
    public List<string> Lake { get; } = [];

    public SortedDictionary<string, byte[]> Objects { get; } = new(StringComparer.Ordinal);

    public Dictionary<WorldTable, List<Dictionary<string, string>>> Tables { get; } = new() { [WorldTable.Store] = [], [WorldTable.View] = [] };

    public Dictionary<WorldQueue, List<WorldMessage>> Queues { get; } = new() { [WorldQueue.DeadLetters] = [], [WorldQueue.RuleDeadLetters] = [] };

    /// <summary>The number of messages that a queue has and does not show.</summary>
    public Dictionary<WorldQueue, long> Hidden { get; } = [];

    public List<Dictionary<string, string>> Store => Tables[WorldTable.Store];

    public List<Dictionary<string, string>> View => Tables[WorldTable.View];

    /// <summary>Accepts a record and carries it to its end.</summary>
    public void Carry(string record, long index)
    {
        Accept(record, index);
        Deliver(record);
    }

    /// <summary>Adds a record that the target took. Nothing more is known of it.</summary>
    public Outgoing Accept(string record, long index, int uncertain = 0)
    {
        var sent = SomeRecords.Outgoing(record, index);
        (sent.SentAt, sent.Uncertain) = (Started, uncertain);
        _writer.Accepted(sent);
        return sent;
    }

    public void Deliver(string record) => Deliver(record, Started.AddSeconds(1).AddMilliseconds(_sequence));

    /// <summary>By an invocation of the Transformer of its own, which has that trace.</summary>
    public void Deliver(string record, DateTimeOffset arrival, string? trace = null)
    {
        foreach (var read in new RecordReader(SomeRecords.Catalog).Read(Encoding.UTF8.GetBytes(record), arrival, trace))
        {
            var carried = read.Inline();
            var envelope = Encoding.UTF8.GetString(carried.Envelope.Span);
            Lake.Add(envelope);
            var key = ViewKeys.Event(carried);
            if (Store.Any(item => item["pk"] == carried.Stream.Value && item["sk"] == carried.Key))
            {
                continue;
            }

            var sequence = (++_sequence).ToString((IFormatProvider?)null);
            Store.Add(new() { ["pk"] = carried.Stream.Value, ["sk"] = carried.Key, ["seq"] = sequence, ["envelope"] = envelope });
            View.Add(new() { ["pk"] = key.Partition, ["sk"] = key.Sort, ["envelope"] = Encoding.UTF8.GetString(carried.EnvelopeWith(sequence).Span) });
            Count(key.Partition);
        }
    }

    public Task<LedgerVerdict> VerifyAsync() => new Verifier(this, SomeRecords.Catalog, new VerifyOptions(2, 100, LakeKeepsOrder: true))
        .VerifyAsync(new LedgerReader(new MemoryStream(End()), "L"), _ => { }, default);

    public async IAsyncEnumerable<string> KeysAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var key in Objects.Keys.Append(LakeObject).Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            yield return key;
        }
    }

    public Task<byte[]?> ObjectAsync(string key, CancellationToken cancellationToken) =>
        Task.FromResult(key == LakeObject ? Zip(string.Join('\n', Lake)) : Objects.GetValueOrDefault(key));

    public async IAsyncEnumerable<IReadOnlyDictionary<string, string>> ItemsAsync(
        WorldTable table, string partition, string? from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var item in Tables[table].Where(item => item["pk"] == partition && string.CompareOrdinal(item["sk"], from) >= 0).OrderBy(item => item["sk"], StringComparer.Ordinal))
        {
            yield return item;
        }
    }

    public Task<bool> HasAsync(WorldQueue queue, CancellationToken cancellationToken) => Task.FromResult(Queues.ContainsKey(queue));

    public Task<bool> HasAsync(WorldTable table, CancellationToken cancellationToken) => Task.FromResult(Tables.ContainsKey(table));

    public async IAsyncEnumerable<WorldMessage> MessagesAsync(WorldQueue queue, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var message in Queues[queue])
        {
            yield return message;
        }
    }

    public Task<long> DepthAsync(WorldQueue queue, CancellationToken cancellationToken) => Task.FromResult(Queues[queue].Count + Hidden.GetValueOrDefault(queue));

    private void Count(string partition)
    {
        var row = View.Find(item => item["pk"] == partition && item["sk"] == ViewKeys.StreamSortKey);
        if (row is null)
        {
            View.Add(row = new() { ["pk"] = partition, ["sk"] = ViewKeys.StreamSortKey, ["events"] = "0" });
        }

        row["events"] = (long.Parse(row["events"], null) + 1).ToString((IFormatProvider?)null);
    }

    private byte[] End()
    {
        _writer.End(Started);
        return _ledger.ToArray();
    }

    private static byte[] Zip(string text)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return zipped.ToArray();
    }
}
