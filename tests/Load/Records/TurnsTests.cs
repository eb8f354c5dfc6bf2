using CsCheck;
using DataToEvents.Load.Records;

namespace DataToEvents.Load.Tests.Records;

public class TurnsTests
{
    [Fact]
    public void Every_cycle_holds_each_family_as_often_as_it_weighs() => Gen.Int[1, 20].Array[1, 4].Sample(weights =>
    {
        var turns = new FamilyTurns([.. weights.Select((weight, index) => new FamilyShare($"{index}", weight))]);
        var cycle = weights.Sum();

        for (var start = 0L; start < 3; start++)
        {
            Enumerable.Range(0, cycle).Select(i => turns.At((start * cycle) + i).Family).CountBy(family => family).Should()
                .BeEquivalentTo(weights.Select((weight, index) => KeyValuePair.Create(index, weight)));
        }
    });

    [Fact]
    public void Events_of_a_family_are_numbered_without_gaps() => Gen.Int[1, 20].Array[1, 4].Sample(weights =>
    {
        var turns = new FamilyTurns([.. weights.Select((weight, index) => new FamilyShare($"{index}", weight))]);

        foreach (var family in Enumerable.Range(0, 300).Select(i => turns.At(i)).GroupBy(turn => turn.Family, turn => turn.Ordinal))
        {
            family.Should().Equal(Enumerable.Range(0, family.Count()).Select(i => (long)i));
        }
    });

    [Theory]
    [InlineData(null)]
    [InlineData(1.1)]
    public void Positions_in_a_stream_have_no_gaps_over_several_cycles(double? zipf)
    {
        var turns = new StreamTurns(30, zipf, seed: 5);

        foreach (var stream in Enumerable.Range(0, 200_000).Select(i => turns.At(i)).GroupBy(turn => turn.Stream, turn => turn.Position))
        {
            stream.Should().Equal(Enumerable.Range(1, stream.Count()).Select(i => (long)i));
        }
    }

    [Fact]
    public void Skewed_streams_get_shares_by_Zipf_s_law()
    {
        var turns = new StreamTurns(125, 1.1, seed: 7);

        var counts = Enumerable.Range(0, 1 << 16).CountBy(i => turns.At(i).Stream).ToDictionary();

        var all = Enumerable.Range(1, 125).Sum(k => Math.Pow(k, -1.1));
        foreach (var stream in new[] { 0, 1, 9, 99 })
        {
            var expected = (1 << 16) * Math.Pow(stream + 1, -1.1) / all;
            counts[stream].Should().BeCloseTo((int)expected, (uint)(5 * Math.Sqrt(expected)));
        }
    }

    [Fact]
    public void As_many_streams_come_as_were_asked_for()
    {
        var generator = new RecordGenerator(new RecordOptions { CloudEvents = true, Streams = 10 });

        Enumerable.Range(0, 400).Select(i => JsonDocument.Parse(generator.Record(i)).RootElement.GetProperty("subject").GetString()).Distinct().Should().HaveCount(10);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Events_are_padded_up_to_the_size_asked_for(bool cloudEvents)
    {
        var generator = new RecordGenerator(new RecordOptions { LeastEventBytes = 2_000, CloudEvents = cloudEvents });

        Enumerable.Range(0, 100).Select(i => cloudEvents
            ? JsonDocument.Parse(generator.Record(i)).RootElement.GetProperty("data").GetRawText().Length
            : Encoding.UTF8.GetString(generator.Record(i).Span).Length).Should().OnlyContain(length => length >= 1_900 && length <= 2_000);
        Enumerable.Range(0, 100).Select(i => Payload(generator.Record(i), cloudEvents).Length).Should().OnlyContain(length => length == 2_000);
    }

    [Fact]
    public void The_share_of_events_with_non_ASCII_text_is_as_asked_for()
    {
        Share(0).Should().Be(0);
        Share(10).Should().BeInRange(200, 400);

        static int Share(double percent)
        {
            var generator = new RecordGenerator(new RecordOptions { NonAsciiPercent = percent });
            return Enumerable.Range(0, 3_000).Count(i => Encoding.UTF8.GetString(generator.Record(i).Span) is var text && (!Ascii.IsValid(text) || text.Contains(@"\u", StringComparison.Ordinal)));
        }
    }

    private static byte[] Payload(ReadOnlyMemory<byte> record, bool cloudEvent) => cloudEvent
        ? Encoding.UTF8.GetBytes(JsonDocument.Parse(record).RootElement.GetProperty("data").GetRawText())
        : record.ToArray();
}
