using CsCheck;

namespace DataToEvents.Domain.Tests;

public sealed class RecordSplittingTests
{
    private static readonly Gen<string> Document = Gens.PrettyJson.Where(json => json[0] is '{' or '[');
    private static readonly Gen<string> Separator = Gen.OneOf("\n", "\r\n", "\n\n", " \n", "", ",", ", ", "\n,\n", "\t");

    [Theory]
    [InlineData("{\"a\":1}\n{\"a\":2}", "{\"a\":1}|{\"a\":2}")]
    [InlineData("{\"a\":1}\n{\"a\":2}\n", "{\"a\":1}|{\"a\":2}")]
    [InlineData("{\"a\":1}\r\n{\"a\":2}\r\n", "{\"a\":1}|{\"a\":2}")]
    [InlineData("\n\n{\"a\":1}\n \t\r\n{\"a\":2}\n\n", "{\"a\":1}|{\"a\":2}")]
    [InlineData("  {\"a\":1} \n\t[2]\n", "{\"a\":1}|[2]")]
    [InlineData("{\"a\":1}{\"a\":2}", "{\"a\":1}|{\"a\":2}")]
    [InlineData("{\"a\":1} {\"a\":2}[3]", "{\"a\":1}|{\"a\":2}|[3]")]
    [InlineData("{\"a\":1},{\"a\":2}", "{\"a\":1}|{\"a\":2}")]
    [InlineData("{\"a\":1},\n{\"a\":2},\n", "{\"a\":1}|{\"a\":2}")]
    [InlineData("{\n\"a\":1\n}\n{\n\"a\":2\n}\n", "{\n\"a\":1\n}|{\n\"a\":2\n}")]
    [InlineData("\ufeff{\"a\":1}\n{\"a\":2}", "{\"a\":1}|{\"a\":2}")]
    [InlineData("\ufeff{\"a\":1}\n", "{\"a\":1}")]
    [InlineData("{\"a\":1},", "{\"a\":1}")]
    public void A_record_is_several_events_when_all_of_it_is_JSON_documents(string record, string events) =>
        Payloads(record).Should().Equal(events.Split('|'));

    [Theory]
    [InlineData("one\ntwo\nthree")]
    [InlineData("1\n2\n3")]
    [InlineData("\"a\" \"b\"")]
    [InlineData("{\"a\":1}\n2\n\"three\"")]
    [InlineData("1\n2\n[3]")]
    [InlineData("{\"a\":1}\n{\"a\":2")]
    [InlineData("{\"a\":1\n{\"a\":2}")]
    [InlineData("{\"a\":1}\noops\r\n{\"a\":2}")]
    [InlineData("oops\n{\"a\":1}\noops")]
    [InlineData("{\"a\":1}\nTraceback:\n\n  File\n")]
    [InlineData("{\"a\":1},,{\"a\":2}")]
    [InlineData(",{\"a\":1}")]
    [InlineData("{\"a\":1};{\"a\":2}")]
    [InlineData("{\"a\":1}\u0000{\"a\":2}")]
    [InlineData("{\"a\":NaN}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{'a':1}")]
    [InlineData("5,")]
    [InlineData("nullnull")]
    [InlineData("a,b\r\n1,2\r\n")]
    [InlineData("{\"a\":\n1")]
    [InlineData("\ufefftext\n")]
    [InlineData("\ufeff")]
    [InlineData("\n\n")]
    [InlineData("")]
    [InlineData(" ")]
    public void Anything_else_is_one_event_with_all_its_bytes_and_counted(string record)
    {
        var reader = new RecordReader(Sample.Catalog);

        var read = reader.Read(Sample.Utf8(record), Sample.Arrival).Select(one => one.Inline()).Should().ContainSingle().Subject;

        Sample.Text(read.Payload()).Should().Be(record);
        (reader.Doubts[DoubtKind.NotJson], reader.Doubts[DoubtKind.Unclassified]).Should().Be((1, 1));
    }

    [Fact]
    public void Bytes_among_documents_are_one_event_too()
    {
        byte[] record = [.. "{\"orderId\":1}\n"u8, 0xFF, 0x00, (byte)'\n', .. "{\"orderId\":2}"u8];

        var read = Sample.Event(record);

        (read.Type, read.ContentType).Should().Be(("data.unclassified", "application/octet-stream"));
        read.Payload().Should().Equal(record);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public void Another_encoding_is_one_event_with_its_bytes(string encoding)
    {
        var text = Encoding.GetEncoding(encoding);
        byte[] record = [.. text.GetPreamble(), .. text.GetBytes("{\"orderId\":\"é\"}\n{\"orderId\":2}")];

        Sample.Event(record).Payload().Should().Equal(record);
    }

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
    public void Any_documents_come_out_as_they_went_in_whatever_separates_them() =>
        Gen.Select(Document.Array[1, 5], Separator.Array[5], Gen.OneOf("", "\ufeff")).Sample((documents, separators, mark) =>
            Payloads(mark + string.Concat(documents.Zip(separators, static (document, separator) => document + separator))).SequenceEqual(documents));

    [Fact]
    public void More_documents_than_are_kept_at_a_time_come_out_as_they_went_in()
    {
        var documents = Enumerable.Range(0, 1_000).Select(number => $"{{\"orderId\":{number}}}").ToArray();

        Payloads(string.Concat(documents)).Should().Equal(documents);
        Sample.Events(Sample.Utf8(string.Concat(documents))).Select(read => read.Stream.Value).Should().Equal(documents.Select((_, number) => $"order-{number}"));
    }

    [Fact]
    public void No_byte_of_any_record_is_lost_but_what_separates_documents() =>
        Gen.OneOf(Gen.Byte.Array[0, 40], Document.Array[0, 3].Select(documents => Sample.Utf8(string.Join('\n', documents))), Gen.Select(Document, Gen.Byte.Array[1, 5]).Select(pair => (byte[])[.. Sample.Utf8(pair.Item1), .. pair.Item2]))
            .Sample(record =>
            {
                var events = Sample.Events(record);
                var kept = events.SelectMany(read => read.Payload()!).ToArray();
                var isWhole = events is [var one] && one.Payload()!.AsSpan().SequenceEqual(record);
                return isWhole || Solid(kept).SequenceEqual(Solid(record));
            });

    [Fact]
    public void A_CloudEvents_batch_is_its_events()
    {
        var events = Sample.Events(Sample.Utf8($"[{Sample.CloudEvent(id: "1")}, {Sample.CloudEvent(id: "2")}]"));

        events.Select(read => (read.Id.Value, read.Type, Sample.Text(read.Payload()))).Should().Equal(("1", "shop.sold", "{\"a\":1}"), ("2", "shop.sold", "{\"a\":1}"));
    }

    [Theory]
    [InlineData("[]", 0)]
    [InlineData("[{\"orderId\":1},{\"orderId\":2}]", 0)]
    [InlineData("[{0},{\"orderId\":2}]", 0)]
    [InlineData("[{0},7]", 0)]
    [InlineData("[{0},{\"specversion\":\"1.0\",\"id\":\"x\",\"type\":\"t\"}]", 1)]
    public void Any_other_array_is_one_event(string record, long invalid)
    {
        record = record.Replace("{0}", Sample.CloudEvent(), StringComparison.Ordinal);
        var reader = new RecordReader(Sample.Catalog);

        var read = reader.Read(Sample.Utf8(record), Sample.Arrival).Select(one => one.Inline()).Should().ContainSingle().Subject;

        Sample.Text(read.Payload()).Should().Be(record);
        reader.Doubts[DoubtKind.InvalidCloudEvent].Should().Be(invalid);
    }

    /// <summary>Without white space, commas between documents, and the mark in front.</summary>
    private static byte[] Solid(byte[] bytes) => [.. Encoding.Latin1.GetString(bytes).Where(character => character is not (' ' or '\t' or '\r' or '\n' or ',' or '\u00EF' or '\u00BB' or '\u00BF')).Select(character => (byte)character)];

    private static string[] Payloads(string record) => [.. Sample.Events(Sample.Utf8(record)).Select(read => Sample.Text(read.Payload()))];
}
