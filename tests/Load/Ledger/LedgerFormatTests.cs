using DataToEvents.Domain;
using DataToEvents.Load.Ledger;

namespace DataToEvents.Load.Tests.Ledger;

public class LedgerFormatTests
{
    [Fact]
    public void What_is_written_is_what_is_read()
    {
        var (ledger, output) = Open();
        ledger.Accepted(SomeRecords.Outgoing(SomeRecords.Order(1, 1), 0));
        ledger.Accepted(SomeRecords.Outgoing(SomeRecords.Order(2, 1), 1));
        ledger.GivenUp(SomeRecords.Outgoing(SomeRecords.Order(1, 2), 2), "ServiceUnavailableException: no \"room\"");
        ledger.Accepted(new Outgoing(new LoadRecord(3, Encoding.UTF8.GetBytes(SomeRecords.Order(1, 1)), DuplicateOf: 0), SomeRecords.Expectations.Of(Encoding.UTF8.GetBytes(SomeRecords.Order(1, 1)), SomeRecords.Arrival)) { Uncertain = 2 });
        ledger.Accepted(SomeRecords.Outgoing([0xFF, 0xFE], 4));
        ledger.End(SomeRecords.Arrival);

        var reader = Read(output);
        var entries = reader.Entries().ToList();

        entries.Select(entry => (entry.Record, entry.Stream, entry.Position, entry.Id, entry.DuplicateOf, entry.Uncertain)).Take(4).Should().Equal(
            (0, "order-1", 1, "e-1-1", null, 0), (1, "order-2", 1, "e-2-1", null, 0), (2, "order-1", 0, "e-1-2", null, 0), (3, "order-1", 2, "e-1-1", 0, 2));
        (entries[2].IsAccepted, entries[2].Refused).Should().Be((false, "ServiceUnavailableException: no \"room\""));
        (entries[4].Id, entries[4].Type, entries[4].Hash).Should().Be((null, "data.unclassified", Expectations.Hash([0xFF, 0xFE])));
        (reader.Head.Seed, reader.Head.Started, reader.End!.Records, reader.End.Lines).Should().Be((7, SomeRecords.Arrival, 5, 5));
    }

    [Fact]
    public void A_packed_record_is_a_line_an_event()
    {
        var (ledger, output) = Open();
        ledger.Accepted(SomeRecords.Outgoing($"{SomeRecords.Order(1, 1)}\n{SomeRecords.Order(1, 2)}\n{SomeRecords.Order(2, 1)}"));

        Read(output).Entries().Select(entry => (entry.Event, entry.Stream, entry.Position)).Should().Equal((0, "order-1", 1), (1, "order-1", 2), (2, "order-2", 1));
    }

    [Fact]
    public void A_record_that_no_answer_can_hold_is_one_line()
    {
        var (ledger, output) = Open();
        var unfit = Poison.Make(PoisonKind.Unfit, 1, 1);
        ledger.Accepted(SomeRecords.Outgoing(unfit));

        Read(output).Entries().Should().ContainSingle().Which.Should().Match<LedgerEntry>(entry => entry.Event == LedgerEntry.WholeRecord && entry.Hash == Expectations.Hash(unfit));
    }

    [Fact]
    public void A_ledger_that_breaks_off_is_read_up_to_there_and_says_that_it_has_no_end()
    {
        var (ledger, output) = Open();
        ledger.Accepted(SomeRecords.Outgoing(SomeRecords.Order(1, 1)));
        ledger.Accepted(SomeRecords.Outgoing(SomeRecords.Order(1, 2)));

        var reader = Read(new MemoryStream(output.ToArray()[..^20]));

        (reader.Entries().Count(), reader.End).Should().Be((1, null));
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("{}", "first line")]
    [InlineData("hello", "line 1")]
    [InlineData("{\"ledger\":\"datatoevents/1\"}\n{\"n\":\n{\"n\":1}", "line 2")]
    public void What_is_no_ledger_is_refused_with_its_line(string text, string why) =>
        FluentActions.Invoking(() => Read(new MemoryStream(Encoding.UTF8.GetBytes(text))).Entries().Count()).Should().Throw<LedgerException>().WithMessage($"*{why}*");

    [Fact]
    public void Attributes_that_differ_between_two_arrivals_do_not_count_and_all_others_do()
    {
        var sent = Encoding.UTF8.GetBytes(SomeRecords.Order(1, 1));
        var (first, second) = (Envelope(sent, SomeRecords.Arrival, null), Envelope(sent, SomeRecords.Arrival.AddHours(1), "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));

        EnvelopeDigest.OfAttributes(first).Should().Be(EnvelopeDigest.OfAttributes(second)).And.Be(SomeRecords.Expectations.Of(sent, default).Events![0].Attributes);
        foreach (var (was, becomes) in new[] { ("\"type\":\"order\"", "\"type\":\"ordeR\""), ("urn:datatoevents", "urn:datatoeventz"), ("order-1", "order-2"), ("application/json", "application/jsoN") })
        {
            var changed = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(first).Replace(was, becomes, StringComparison.Ordinal));
            EnvelopeDigest.OfAttributes(changed).Should().NotBe(EnvelopeDigest.OfAttributes(first), "{0} became {1}", was, becomes);
        }

        static byte[] Envelope(byte[] record, DateTimeOffset arrival, string? trace) => new RecordReader(SomeRecords.Catalog).Read(record, arrival, trace).Single().Inline().Envelope.ToArray();
    }

    private static (LedgerWriter Ledger, MemoryStream Output) Open()
    {
        var output = new MemoryStream();
        return (new LedgerWriter(output, new LedgerHead { Seed = 7, Target = "firehose", Name = "s", Started = SomeRecords.Arrival }), output);
    }

    private static LedgerReader Read(MemoryStream output) => new(new MemoryStream(output.ToArray()), "L");
}
