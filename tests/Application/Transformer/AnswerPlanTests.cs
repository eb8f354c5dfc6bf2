using CsCheck;
using DataToEvents.Application.Transformer;

namespace DataToEvents.Application.Tests.Transformer;

public sealed class AnswerPlanTests
{
    // {"records":[{"recordId":"é1","result":"Ok","data":"…"},{"recordId":"2","result":"ProcessingFailed"}]} without the lines; "é1" has three bytes. The lines are in base64, four bytes for three.
    private const int LinesOfOne = (TransformerOptions.MaxAnswerBytes - 101) / 4 * 3;

    // The same with two that are Ok.
    private const int LinesOfTwo = (TransformerOptions.MaxAnswerBytes - 97) / 4 * 3;

    [Fact]
    public void Lines_fit_what_the_entries_of_all_records_leave_of_the_answer_to_the_last_byte() =>
        Placed(LinesOfOne).Should().Equal(true, false);

    [Fact]
    public void A_byte_more_does_not_fit_and_a_smaller_record_behind_it_does()
    {
        var (big, small) = (RecordOf(LinesOfOne + 1, "a", "é1"), RecordOf(1_000, "b", "2"));
        new AnswerPlan([big, small]).Apply();

        big.Verdict(arena: null).Reason.Should().Be($"its {(LinesOfOne / 3 * 4) + 4} bytes do not fit the answer of 6200000 bytes any more");
        small.HasFailed.Should().BeFalse();
    }

    [Fact]
    public void What_one_record_takes_the_next_has_not() => Placed(LinesOfTwo - 1_200, 1_200).Should().Equal(true, true);

    [Fact]
    public void The_one_that_would_be_the_byte_too_many_is_left_out() => Placed(LinesOfTwo - 1_200, 1_201).Should().Equal(true, false);

    [Fact]
    public void A_record_that_is_left_out_holds_back_the_later_ones_of_its_streams()
    {
        var (big, later) = (RecordOf(LinesOfOne + 1, "a", "é1"), RecordOf(1_000, "a", "2"));
        new AnswerPlan([big, later]).Apply();

        later.Verdict(arena: null).Should().BeEquivalentTo(
            new { Reason = "held back: an earlier record of stream a failed", Event = new { Stream = "a" } });
    }

    [Fact]
    public void A_record_that_the_catalog_drops_is_dropped_however_full_the_answer_is()
    {
        var (big, dropped) = (RecordOf(LinesOfOne, "a", "é1"), new RecordWork("2"));
        new AnswerPlan([big, dropped]).Apply();

        (big.HasFailed, dropped.Verdict(arena: null).Result).Should().Be((false, RecordResult.Dropped));
    }

    /// <summary>Record ids with 62 digits as Firehose makes them, and ids with quotes, control characters and letters that JSON may escape.</summary>
    [Fact]
    public void All_records_fit_exactly_when_their_answer_as_it_is_written_fits() => Gen.Select(
        Gen.OneOf(Gen.Char['0', '9'].Array[62], Gen.OneOf('"', '\\', '/', '\n', '\u001f', '<', '+', 'é', '語', 'a').Array[1, 62]).Array[2, 40],
        Gen.Int[-4, 4],
        Gen.Bool).Sample(
        (ids, delta, drops) =>
        {
            List<RecordWork> WithLast(int lakeBytes) =>
                [.. ids.Select((id, n) => n == 1 && drops ? new RecordWork(new string(id)) : RecordOf(900, $"{n}", new string(id))), RecordOf(lakeBytes, "last", "1")];
            var withoutLast = Written(WithLast(900)) - 1_200;
            var work = WithLast(((TransformerOptions.MaxAnswerBytes - withoutLast) / 4 * 3) + delta);
            var bytes = Written(work);
            new AnswerPlan(work).Apply();

            work.TrueForAll(record => !record.HasFailed).Should().Be(bytes <= TransformerOptions.MaxAnswerBytes, "the answer has {0} bytes", bytes);
            Written(work).Should().BeLessThanOrEqualTo(TransformerOptions.MaxAnswerBytes);
        },
        iter: 50);

    /// <summary>The answer with a writer like that of the function's serializer.</summary>
    private static int Written(List<RecordWork> work)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartArray("records");
            foreach (var verdict in work.ConvertAll(record => record.Verdict(arena: null)))
            {
                json.WriteStartObject();
                json.WriteString("recordId", verdict.RecordId);
                json.WriteString("result", verdict.Result.ToString());
                if (verdict.Result == RecordResult.Ok)
                {
                    json.WriteBase64String("data", verdict.Lines.Span);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return (int)stream.Length;
    }

    /// <summary>Two records; one without lines is poison.</summary>
    private static bool[] Placed(params int[] lakeBytes)
    {
        var work = Enumerable.Range(0, 2).Select(n => n < lakeBytes.Length ? RecordOf(lakeBytes[n], $"{n}", n == 0 ? "é1" : "2") : Poison("2")).ToArray();
        new AnswerPlan(work).Apply();
        return [.. work.Select(record => !record.HasFailed)];
    }

    private static RecordWork Poison(string id)
    {
        var record = new RecordWork(id);
        record.Refuse("no function can take it");
        return record;
    }

    private static RecordWork RecordOf(int lakeBytes, string stream, string id)
    {
        string Json(int padding) => $$"""{"s":"{{stream}}","id":"1","text":"{{new string('x', padding)}}"}""";
        var record = new RecordWork(id);
        record.TryAdd(Example.Work(Json(lakeBytes - 1 - Example.Work(Json(0)).Event.Envelope.Length)), int.MaxValue);
        record.LakeBytes.Should().Be(lakeBytes);
        return record;
    }
}
