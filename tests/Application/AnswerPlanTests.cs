using DataToEvents.Application.Transformer;

namespace DataToEvents.Application.Tests;

public sealed class AnswerPlanTests
{
    // Each record's entry takes 64 bytes besides its lines, and six for each byte of its id, "é1" having three: 152 for both. The lines are in base64, four for three.
    private const int LinesOfOne = (TransformerOptions.MaxAnswerBytes - 152) / 4 * 3;

    private static readonly ArrivedRecord[] Two = [Some.Record("é1", "{}"), Some.Record("2", "{}")];

    [Fact]
    public void Lines_fit_what_the_entries_of_all_records_leave_of_the_answer_to_the_last_byte() =>
        Placed(LinesOfOne).Should().Equal(true, true);

    [Fact]
    public void A_byte_more_does_not_fit_and_a_smaller_record_behind_it_does()
    {
        var (big, small) = (RecordOf(LinesOfOne + 1, "a"), RecordOf(1_000, "b"));
        new AnswerPlan(Two).Apply([big, small]);

        big.Verdict(arena: null).Reason.Should().Be("its 5999852 bytes do not fit the answer of 6000000 bytes any more");
        small.HasFailed.Should().BeFalse();
    }

    [Fact]
    public void What_one_record_takes_the_next_has_not() => Placed(LinesOfOne - 1_200, 1_200).Should().Equal(true, true);

    [Fact]
    public void The_one_that_would_be_the_byte_too_many_is_left_out() => Placed(LinesOfOne - 1_200, 1_201).Should().Equal(true, false);

    [Fact]
    public void A_record_that_is_left_out_holds_back_the_later_ones_of_its_streams()
    {
        var (big, later) = (RecordOf(LinesOfOne + 1, "a"), RecordOf(1_000, "a"));
        new AnswerPlan(Two).Apply([big, later]);

        later.Verdict(arena: null).Should().BeEquivalentTo(
            new { Reason = "held back: an earlier record of stream a failed", Event = new { Stream = "a" } });
    }

    private static bool[] Placed(params int[] lakeBytes)
    {
        var work = Enumerable.Range(0, 2).Select(n => n < lakeBytes.Length ? RecordOf(lakeBytes[n], $"{n}") : new RecordWork("dropped")).ToArray();
        new AnswerPlan(Two).Apply(work);
        return [.. work.Select(record => !record.HasFailed)];
    }

    private static RecordWork RecordOf(int lakeBytes, string stream)
    {
        string Json(int padding) => $$"""{"s":"{{stream}}","id":"1","text":"{{new string('x', padding)}}"}""";
        var record = new RecordWork("r");
        record.TryAdd(Some.Work(Json(lakeBytes - 1 - Some.Work(Json(0)).Event.Envelope.Length)), int.MaxValue);
        record.LakeBytes.Should().Be(lakeBytes);
        return record;
    }
}
