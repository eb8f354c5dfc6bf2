using CsCheck;

namespace DataToEvents.Load.Tests;

public class FileLoadTests
{
    [Fact]
    public void Each_line_is_a_record_and_blank_ones_are_none() =>
        Read("{\"a\":1}\r\n\n  \t\n[2]\nlast", pack: 1).Should().Equal("{\"a\":1}", "[2]", "last");

    [Fact]
    public void Lines_are_packed_and_the_last_record_may_have_fewer() => Read("1\n2\n3\n4\n5\n", pack: 2).Should().Equal("1\n2", "3\n4", "5");

    [Fact]
    public void No_more_records_come_than_were_asked_for() => Read("1\n2\n3", pack: 1, count: 2).Should().Equal("1", "2");

    [Fact]
    public void Lines_longer_than_any_buffer_survive()
    {
        var line = new string('é', 3_000_000);

        Read($"{line}\nx", pack: 1).Should().Equal(line, "x");
    }

    [Fact]
    public void Any_lines_come_back_as_they_are() => Gen.Char.AlphaNumeric.Array[1, 3_000].Array[0, 1_500].Sample(lines =>
    {
        var texts = lines.Select(line => new string(line)).ToArray();

        Read(string.Join('\n', texts), pack: 1).Should().Equal(texts);
    }, iter: 10);

    private static List<string> Read(string text, int pack, long? count = null)
    {
        var load = new FileLoad(new MemoryStream(Encoding.UTF8.GetBytes(text)), pack, count);
        var records = new List<string>();
        while (load.Next() is { } record)
        {
            records.Add(Encoding.UTF8.GetString(record.Bytes.Span));
        }

        return records;
    }
}
