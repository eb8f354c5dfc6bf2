using CsCheck;

namespace DataToEvents.Domain.Tests;

public sealed class ArrivalIdTests
{
    [Fact]
    public void The_same_batch_twice_gives_the_same_ids() =>
        Gens.Record.Array[0, 8].Sample(batch => Ids(batch).SequenceEqual(Ids(batch)));

    [Fact]
    public void The_same_batch_twice_gives_the_same_envelopes() =>
        Gens.Record.Array[0, 8].Sample(batch => Read(batch).Select(read => Sample.Text(read.Envelope)).SequenceEqual(Read(batch).Select(read => Sample.Text(read.Envelope))));

    [Fact]
    public void The_id_of_a_content_and_an_arrival_is_the_same_for_ever() =>
        Ids("[1]"u8.ToArray(), "[1]"u8.ToArray()).Should().Equal("01M86GVBJBTP60BYDQ3RQJEB1E", "01M86GVBJB3TN1R2KBW07NQ231");

    [Fact]
    public void Identical_records_of_a_batch_get_ids_of_their_own() =>
        Ids([.. Enumerable.Repeat("{\"a\":1}"u8.ToArray(), 1_000)]).Should().OnlyHaveUniqueItems();

    [Fact]
    public void Identical_lines_of_a_record_get_ids_of_their_own() => Ids("{}\n{}\n{}\n"u8.ToArray()).Should().OnlyHaveUniqueItems();

    [Fact]
    public void White_space_around_JSON_is_no_part_of_an_id() => Ids("[1]"u8.ToArray()).Should().Equal(Ids(" [1]\n"u8.ToArray()));

    [Fact]
    public void An_id_does_not_depend_on_the_other_records_of_its_batch() =>
        Gen.Select(Gens.Json.Array[1, 5], Gens.Json).Where((others, mine) => !others.Contains(mine))
            .Sample((others, mine) => Ids([.. others.Select(Sample.Utf8), Sample.Utf8(mine)])[^1] == Ids(Sample.Utf8(mine))[0]);

    [Fact]
    public void Ids_sort_by_arrival() =>
        Gen.Select(Gen.Long[0, 253_402_300_799_999], Gen.Long[0, 253_402_300_799_999], Gens.Json).Where((first, second, _) => first != second)
            .Sample((first, second, json) => (string.CompareOrdinal(Id(first, json), Id(second, json)) < 0) == (first < second));

    [Fact]
    public void Ids_are_ULIDs_that_hold_the_arrival()
    {
        const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        var id = Ids("[1]"u8.ToArray()).Single();

        id.Should().MatchRegex("^[0-7][0-9A-HJKMNP-TV-Z]{25}$");
        id[..10].Aggregate(0L, (time, digit) => (time * 32) + Alphabet.IndexOf(digit, StringComparison.Ordinal)).Should().Be(Sample.Arrival.ToUnixTimeMilliseconds());
    }

    [Fact]
    public void An_arrival_before_1970_gives_an_id_too() => Id(-1, "[1]").Should().HaveLength(26);

    private static string Id(long arrival, string json) =>
        new RecordReader(Sample.Catalog).Read(Sample.Utf8($"[{json}]"), DateTimeOffset.FromUnixTimeMilliseconds(arrival)).Single().Inline().Id.Value;

    private static string[] Ids(params byte[][] batch) => [.. Read(batch).Select(read => read.Id.Value)];

    private static DataEvent[] Read(byte[][] batch)
    {
        var reader = new RecordReader(Sample.Catalog);
        return [.. batch.SelectMany(record => reader.Read(record, Sample.Arrival)).Where(read => !read.IsDropped).Select(read => read.Inline())];
    }
}
