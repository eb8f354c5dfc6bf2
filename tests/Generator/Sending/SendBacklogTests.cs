using CsCheck;
using DataToEvents.Generator.Sending;
using DataToEvents.Load.Ledger;
using DataToEvents.Load.Tests;

namespace DataToEvents.Generator.Tests.Sending;

public class SendBacklogTests
{
    private const long Now = 1_000;

    private static readonly SinkLimits Small = new(5, 1_000, 400, static record => record.Record.Bytes.Length);

    // Streams of orders; sizes that make calls end by bytes and by records.
    private static readonly Gen<(int Stream, int Padding)[]> Records = Gen.Select(Gen.Int[0, 6], Gen.Int[0, 350]).Array[0, 60];

    [Fact]
    public void Calls_are_within_the_limits_and_every_record_is_in_one() => Records.Sample(records =>
    {
        var calls = SendAll(records, flights: 1, fails: _ => false, strict: false, out var accepted);

        return calls.All(call => call.Count is >= 1 and <= 5 && (call.Count == 1 || call.Sum(record => record.Record.Bytes.Length) <= 1_000))
            && accepted.Select(record => record.Record.Index).Order().SequenceEqual(Enumerable.Range(0, records.Length).Select(i => (long)i));
    });

    [Fact]
    public void A_stream_is_in_one_call_at_a_time_and_its_records_are_accepted_in_their_order_whatever_fails() =>
        Gen.Select(Records, Gen.Int[1, 4], Gen.Int[0, 1_000_000]).Sample((records, flights, seed) =>
        {
            var random = new Random(seed);

            SendAll(records, flights, _ => random.Next(3) == 0, strict: true, out var accepted);

            return accepted.Count == records.Length && accepted.GroupBy(record => record.Expected.Streams[0]).All(stream =>
                stream.Zip(stream.Skip(1)).All(pair => pair.First.Record.Index < pair.Second.Record.Index));
        });

    [Fact]
    public void A_record_over_the_target_s_limit_goes_alone()
    {
        var backlog = new SendBacklog(Small, strictOrder: false);
        backlog.Add(Record(0, 0, 10));
        backlog.Add(Record(1, 1, 500));
        backlog.Add(Record(2, 2, 10));

        var calls = new[] { backlog.TakeBatch(Now), backlog.TakeBatch(Now), backlog.TakeBatch(Now) };

        calls.Select(call => string.Join(' ', call.Select(record => record.Record.Index))).Should().Equal("0 2", "1", "");
    }

    [Fact]
    public void What_waits_for_a_back_off_holds_back_its_stream_only()
    {
        var backlog = new SendBacklog(Small, strictOrder: false);
        var failed = Record(0, 1, 0);
        failed.NotBefore = Now + 1;
        backlog.Add(failed);
        backlog.Add(Record(1, 1, 0));
        backlog.Add(Record(2, 2, 0));

        backlog.TakeBatch(Now).Select(record => record.Record.Index).Should().Equal(2);
        backlog.NextReturn().Should().Be(Now + 1);
        backlog.TakeBatch(Now + 1).Select(record => record.Record.Index).Should().Equal(0, 1);
        backlog.NextReturn().Should().BeNull();
    }

    /// <summary>Plays a run with this number of calls in flight. They end in the order in which they began.</summary>
    private static List<IReadOnlyList<Outgoing>> SendAll(
        (int Stream, int Padding)[] records, int flights, Func<Outgoing, bool> fails, bool strict, out List<Outgoing> accepted)
    {
        var backlog = new SendBacklog(Small, strict);
        for (var i = 0; i < records.Length; i++)
        {
            backlog.Add(Record(i, records[i].Stream, records[i].Padding));
        }

        var (calls, inFlight) = (new List<IReadOnlyList<Outgoing>>(), new Queue<List<Outgoing>>());
        accepted = [];
        while (backlog.Count > 0 || inFlight.Count > 0)
        {
            while (inFlight.Count < flights && backlog.TakeBatch(Now) is { Count: > 0 } batch)
            {
                calls.Add(batch);
                inFlight.Enqueue(batch);
                var streams = inFlight.SelectMany(call => call.SelectMany(record => record.Expected.Streams).Distinct()).ToArray();
                streams.Should().HaveCount(streams.Distinct().Count());
            }

            var ended = inFlight.Dequeue();
            var again = ended.Where(fails).ToList();
            accepted.AddRange(ended.Except(again));
            backlog.Return(ended, again);
        }

        return calls;
    }

    private static Outgoing Record(int index, int stream, int padding) =>
        SomeRecords.Outgoing(Encoding.UTF8.GetBytes($$"""{"kind":"order","orderId":"{{stream}}","p":"{{new string('x', padding)}}"}"""), index);
}
