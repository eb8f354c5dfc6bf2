using CsCheck;

namespace DataToEvents.Domain.Tests;

public sealed class RecordSplittingTests
{
    [Theory]
    [InlineData("{\"a\":1}\n{\"a\":2}", "{\"a\":1}|{\"a\":2}")]
    [InlineData("{\"a\":1}\n{\"a\":2}\n", "{\"a\":1}|{\"a\":2}")]
    [InlineData("{\"a\":1}\r\n{\"a\":2}\r\n", "{\"a\":1}|{\"a\":2}")]
    [InlineData("\n\n{\"a\":1}\n \t\r\n{\"a\":2}\n\n", "{\"a\":1}|{\"a\":2}")]
    [InlineData("  {\"a\":1} \n\t[2]\n", "{\"a\":1}|[2]")]
    [InlineData("{\"a\":1}\n2\n\"three\"", "{\"a\":1}|2|\"three\"")]
    [InlineData("1\n2\n[3]", "1|2|[3]")]
    [InlineData("{\"a\":1}\n{\"a\":2", "{\"a\":1}|{\"a\":2")]
    [InlineData("{\"a\":1\n{\"a\":2}", "{\"a\":1|{\"a\":2}")]
    [InlineData("{\"a\":1}\noops\r\n{\"a\":2}", "{\"a\":1}|oops|{\"a\":2}")]
    [InlineData("\ufeff{\"a\":1}\n{\"a\":2}", "\ufeff{\"a\":1}|{\"a\":2}")]
    public void Lines_are_events_when_the_first_or_the_last_is_an_object_or_an_array(string record, string events) =>
        Payloads(record).Should().Equal(events.Split('|'));

    [Theory]
    [InlineData("one\ntwo\nthree")]
    [InlineData("1\n2\n3")]
    [InlineData("oops\n{\"a\":1}\noops")]
    [InlineData("a,b\r\n1,2\r\n")]
    [InlineData("{\"a\":\n1")]
    [InlineData("\n\n")]
    [InlineData("")]
    [InlineData(" ")]
    public void Anything_else_stays_whole(string record) => Payloads(record).Should().Equal(record);

    [Fact]
    public void One_line_and_its_line_end_are_one_event() => Payloads("{\"a\":1}\r\n").Should().Equal("{\"a\":1}");

    [Fact]
    public void Pretty_printed_JSON_stays_one_event()
    {
        const string Record = "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": {}\n}\n";

        Payloads(Record).Should().Equal(Record.TrimEnd('\n'));
    }

    [Fact]
    public void Any_JSON_stays_one_event_however_it_is_laid_out() =>
        Gens.PrettyJson.Sample(json => Payloads(json) is [var one] && one == json);

    [Fact]
    public void Any_events_in_lines_come_out_as_they_went_in() =>
        Gen.Select(Gens.Json.Where(json => json[0] is '{' or '['), Gens.Json.Array[1, 5], Gen.OneOf("\n", "\r\n", "\n\n", " \n"))
            .Sample((first, others, lineEnd) => Payloads(string.Join(lineEnd, [first, .. others])).SequenceEqual([first, .. others]));

    [Fact]
    public void A_bad_line_harms_no_other_line()
    {
        byte[] record = [.. "{\"orderId\":1}\n"u8, 0xFF, 0x00, (byte)'\n', .. "{\"orderId\":2}"u8];

        var events = Sample.Events(record);

        events.Select(read => read.Type).Should().Equal("order.placed", "data.unclassified", "order.placed");
        events[1].Payload().Should().Equal(0xFF, 0x00);
    }

    private static string[] Payloads(string record) => [.. Sample.Events(Sample.Utf8(record)).Select(read => Sample.Text(read.Payload()))];
}
