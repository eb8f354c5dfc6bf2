using DataToEvents.Load.Records;
using DataToEvents.Load.Tests;
using DataToEvents.Operator.Costs;

namespace DataToEvents.Operator.Tests.Costs;

public class CostTests
{
    private static readonly PriceList Prices = PriceList.Shipped();

    /// <summary>With a million events a month, a price for a million is the amount in dollars.</summary>
    private static Workload Million(int size, int pack = 1) => new(1e6 / Workload.SecondsPerMonth, size, pack);

    [Theory]
    // 1 KB alone is billed as 5 KB; five of 1,023 bytes with their line feeds fit 5 KB; five of 1,024 do not.
    [InlineData(1_024, 1, 5_120)]
    [InlineData(1_023, 5, 1_024)]
    [InlineData(1_024, 5, 2_048)]
    [InlineData(200, 20, 256)]
    public void Firehose_bills_each_record_rounded_up_to_5_KB(int size, int pack, double bytesPerEvent)
    {
        Million(size, pack).BilledFirehoseBytesPerEvent.Should().Be(bytesPerEvent);
        Line("Firehose", Million(size, pack)).Usd.Should().BeApproximately(bytesPerEvent * 1e6 / 1e9 * 0.029, 1e-6);
    }

    [Fact]
    public void A_million_events_batched_are_300_000_queue_requests_and_unbatched_1_200_000()
    {
        Line("SQS FIFO", Million(1_024)).Usd.Should().BeApproximately(0.3 * 0.50, 1e-9);
        Line("SQS FIFO", Million(1_024) with { Batched = false }).Usd.Should().BeApproximately(1.2 * 0.50, 1e-9);
    }

    [Theory]
    // 560 + 255 + 207 = 1,022 bytes: one unit. 700 + 462 = 1,162: two; compressed 280 + 462 = 742: one.
    [InlineData(560, false, 1)]
    [InlineData(700, false, 2)]
    [InlineData(700, true, 1)]
    [InlineData(1_024, false, 2)]
    [InlineData(1_024, true, 1)]
    // 2,000 + 462 = 2,462: three; compressed 800 + 462 = 1,262: two.
    [InlineData(2_000, true, 2)]
    public void Compression_counts_only_where_it_saves_a_write_unit(int size, bool compressed, int units) =>
        (Million(size) with { Compressed = compressed }).WriteUnits.Should().Be(units);

    [Fact]
    public void A_million_1_KB_events_cost_on_the_bus_and_in_functions_what_their_numbers_say()
    {
        Line("EventBridge", Million(1_024)).Usd.Should().BeApproximately(1.00, 1e-9);
        // 2,000 + 100,000 + 10,000 requests; 82.2 ms of CPU a thousand at 1.7275 GB, and waiting.
        var gbSeconds = (1_000 * 0.0822 * 1_769 / 1_024) + (2_000 * 0.0165 * 0.25) + (100_000 * 0.0051 * 0.125) + (10_000 * 0.0049 * 0.125);
        Line("Lambda", Million(1_024)).Usd.Should().BeApproximately((0.112 * 0.20) + (gbSeconds * 0.0000166667), 1e-6);
    }

    [Fact]
    public void The_sum_is_that_of_its_lines_and_every_saving_saves()
    {
        var load = new Workload(1_000, 1_000, 5);
        var bill = new Bill(load, Prices);

        bill.Total.Should().BeApproximately(bill.Lines.Sum(line => line.Usd), 1e-9);
        var steps = new[] { load with { Pack = 1, Batched = false, Aot = false }, load with { Batched = false, Aot = false }, load with { Aot = false }, load, load with { Compressed = true } };
        steps.Select(step => new Bill(step, Prices).Total).Should().BeInDescendingOrder();
    }

    [Fact]
    public void What_envelope_and_item_add_is_what_real_ones_add()
    {
        var generator = new RecordGenerator(new RecordOptions { LeastEventBytes = 1_000 });
        var envelopes = new List<int>();
        var items = new List<int>();
        for (var i = 0; i < 400; i++)
        {
            var record = generator.Record(i);
            var envelope = SomeRecords.Expectations.Of(record, SomeRecords.Arrival).Envelope!;
            envelopes.Add(envelope.Envelope.Length - record.Length);
            string[] attributes =
            [
                "pk", envelope.Stream.Value, "sk", envelope.Key, "seq", "18849496460467696128", "type", envelope.Type, "time", envelope.Time, "hash", envelope.ContentHash(), "stored", "8 bytes!", "envelope",
            ];
            items.Add(attributes.Sum(Encoding.UTF8.GetByteCount));
        }

        envelopes.Average().Should().BeApproximately(Workload.EnvelopeBytes, 30);
        items.Average().Should().BeApproximately(Workload.ItemBytes, 20);
    }

    [Fact]
    public void In_Stockholm_Firehose_s_bytes_bind_first_and_the_bus_next()
    {
        var bounds = Quotas.Bounds(new Workload(1_000, 1_024, 5), Prices, "eu-north-1");

        bounds.Take(3).Select(bound => bound.Stage).Should().Equal("Firehose, bytes", "EventBridge, targets invoked", "EventBridge, PutEvents");
        bounds[0].EventsPerSecond.Should().BeApproximately(1_048_576.0 * 5 / 5_124, 1);
        (bounds[1].EventsPerSecond, bounds[2].EventsPerSecond).Should().Be((1_100, 6_000));
        bounds.Should().OnlyContain(bound => bound.Source.Length > 0 && bound.EventsPerSecond > 0);
    }

    [Theory]
    // One write unit an event: the partition takes 1,000. 20,000 + 462 bytes compressed: 20 units, so 50.
    [InlineData(1_024, 1_000, 100)]
    [InlineData(50_000, 50, 50)]
    public void A_stream_is_bound_by_one_event_a_call_and_by_its_partition(int size, double partition, double stream)
    {
        var load = new Workload(1, size, Compressed: true);

        Quotas.OnePartition(load, Prices, "us-east-1").Should().Be(partition);
        Quotas.HottestStream(load, Prices, "us-east-1").Should().Be(stream);
    }

    private static BillLine Line(string service, Workload load) => new Bill(load, Prices).Lines.Single(line => line.Service == service);
}
