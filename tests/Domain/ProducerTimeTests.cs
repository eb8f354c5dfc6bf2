using CsCheck;
using DataToEvents.Domain.Catalog;

namespace DataToEvents.Domain.Tests;

/// <summary>Times as producers write them, seen through a catalog.</summary>
public sealed class ProducerTimeTests
{
    [Theory]
    [InlineData("1767225600", "2026-01-01T00:00:00.000Z")]
    [InlineData("1767225600123", "2026-01-01T00:00:00.123Z")]
    [InlineData("1767225600123456", "2026-01-01T00:00:00.123456Z")]
    [InlineData("1767225600123456789", "2026-01-01T00:00:00.123456789Z")]
    [InlineData("1767225600.123", "2026-01-01T00:00:00.123Z")]
    [InlineData("1767225600.1234567891", "2026-01-01T00:00:00.123456789Z")]
    [InlineData("1767225600123.5", "2026-01-01T00:00:00.1235Z")]
    [InlineData("1.7672256e12", "2026-01-01T00:00:00.000Z")]
    [InlineData("\"1767225600\"", "2026-01-01T00:00:00.000Z")]
    [InlineData("\"1767225600123\"", "2026-01-01T00:00:00.123Z")]
    [InlineData("\"1767225600.123\"", "2026-01-01T00:00:00.123Z")]
    [InlineData("\"2026-01-01T00:00:00.123456789Z\"", "2026-01-01T00:00:00.123456789Z")]
    [InlineData("\"2026-01-01t00:00:00z\"", "2026-01-01t00:00:00z")]
    [InlineData("\"2016-12-31T23:59:60Z\"", "2016-12-31T23:59:60Z")]
    [InlineData("\"0001-01-01T00:00:00Z\"", "0001-01-01T00:00:00Z")]
    [InlineData("\"9999-12-31T23:59:59.999999999Z\"", "9999-12-31T23:59:59.999999999Z")]
    [InlineData("\"2026-01-01 00:00:00Z\"", "2026-01-01T00:00:00Z")]
    [InlineData("\"2026-01-01 00:00:00 UTC\"", "2026-01-01T00:00:00Z")]
    [InlineData("\"2026-01-01 00:00:00.25 +0100\"", "2026-01-01T00:00:00.25+01:00")]
    [InlineData("\"2026-01-01T00:00:00+0100\"", "2026-01-01T00:00:00+01:00")]
    [InlineData("\"2026-01-01T00:00:00+01\"", "2026-01-01T00:00:00+01:00")]
    [InlineData("\"2026-01-01T00:00:00,123Z\"", "2026-01-01T00:00:00.123Z")]
    public void A_form_that_says_one_time_is_read(string written, string expected) => TimeOf(written, "\"/at\"").Should().Be((expected, 0));

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("999999999")]
    [InlineData("253402300800")]
    [InlineData("99999999999999999999")]
    [InlineData("1e400")]
    [InlineData("\"0001767225600\"")]
    [InlineData("\"+1767225600\"")]
    [InlineData("\"20260101000000\"")]
    [InlineData("\"2026-01-01T00:00:00\"")]
    [InlineData("\"2026-01-01 00:00:00\"")]
    [InlineData("\"2026-01-01\"")]
    [InlineData("\"Thu, 01 Jan 2026 00:00:00 GMT\"")]
    [InlineData("\"01/Jan/2026:00:00:00 +0000\"")]
    [InlineData("\"2026-01-01T00:00Z\"")]
    [InlineData("\"2026-01-01T00:00:00.Z\"")]
    [InlineData("\"2026-01-01T00:00:00.1.2Z\"")]
    [InlineData("\"0000-00-00T00:00:00Z\"")]
    [InlineData("\"2026-W01-4\"")]
    [InlineData("\"2026-02-30T00:00:00Z\"")]
    [InlineData("\"2026-01-01T24:00:00Z\"")]
    [InlineData("\"2026-01-01T00:00:00Z+01:00\"")]
    [InlineData("\"2026-01-01T00:00:00Z\u00a0\"")]
    [InlineData("\"2026-01-01T00:00:00+1\"")]
    [InlineData("\"2026-01-01T00:00:00  Z\"")]
    [InlineData("\"\"")]
    [InlineData("\"\\ud800\"")]
    [InlineData("{\"$date\":\"2026-01-01T00:00:00Z\"}")]
    [InlineData("true")]
    [InlineData("null")]
    public void Any_other_is_counted_and_the_event_has_the_time_of_its_arrival(string written) => TimeOf(written, "\"/at\"").Should().Be((Sample.ArrivalText, 1));

    [Theory]
    [InlineData("s", "0", "1970-01-01T00:00:00.000Z")]
    [InlineData("s", "-1.5", "1969-12-31T23:59:58.500Z")]
    [InlineData("s", "\"1767225600123\"", null)]
    [InlineData("ms", "1767225600", "1970-01-21T10:53:45.600Z")]
    [InlineData("us", "1", "1970-01-01T00:00:00.000001Z")]
    [InlineData("ns", "1", "1970-01-01T00:00:00.000000001Z")]
    [InlineData("ns", "0.5", "1970-01-01T00:00:00.000Z")]
    [InlineData("s", "253402300799", "9999-12-31T23:59:59.000Z")]
    [InlineData("s", "253402300800", null)]
    [InlineData("s", "-62135596800", "0001-01-01T00:00:00.000Z")]
    [InlineData("s", "-62135596801", null)]
    [InlineData("s", "9999999999999999999999999999", null)]
    [InlineData("s", "\"2026-01-01T00:00:00Z\"", "2026-01-01T00:00:00Z")]
    public void The_catalog_may_say_the_unit(string unit, string written, string? expected) =>
        TimeOf(written, $$"""{"pointer":"/at","unit":"{{unit}}"}""").Should().Be((expected ?? Sample.ArrivalText, expected is null ? 1 : 0));

    [Theory]
    [InlineData("+01:00", "2026-01-15 10:00:00", "2026-01-15T10:00:00+01:00")]
    [InlineData("-05:30", "2026-01-15T10:00:00.5", "2026-01-15T10:00:00.5-05:30")]
    [InlineData("Z", "2026-01-15 10:00:00,5", "2026-01-15T10:00:00.5Z")]
    [InlineData("+01:00", "2026-01-15T10:00:00Z", "2026-01-15T10:00:00Z")]
    [InlineData("+01:00", "2026-01-15 10:00:00-02", "2026-01-15T10:00:00-02:00")]
    [InlineData("+01:00", "2026-01-15", null)]
    public void The_catalog_may_say_the_offset_of_times_without_zone(string offset, string written, string? expected) =>
        TimeOf($"\"{written}\"", $$"""{"pointer":"/at","offset":"{{offset}}"}""").Should().Be((expected ?? Sample.ArrivalText, expected is null ? 1 : 0));

    [Theory]
    [InlineData("""{"at":1767225600}""", "2026-01-01T00:00:00.000Z", 0)]
    [InlineData("""{"at":null,"b":1767225601}""", "2026-01-01T00:00:01.000Z", 0)]
    [InlineData("""{"b":1767225601}""", "2026-01-01T00:00:01.000Z", 0)]
    [InlineData("""{"at":"?","b":1767225601}""", Sample.ArrivalText, 1)]
    [InlineData("""{"c":1}""", Sample.ArrivalText, 0)]
    public void The_first_of_several_pointers_that_is_there_counts(string members, string expected, long unusable) =>
        Read($$"""{"orderId":"1",{{members[1..]}}""", """["/at","/b"]""").Should().Be((expected, unusable));

    [Theory]
    [InlineData("""{"origin":1276020076.5,"at":-5}""", "2010-06-08T18:01:11.500Z")]
    [InlineData("""{"origin":1276020076}""", "2010-06-08T18:01:16.000Z")]
    [InlineData("""{"at":1276020076}""", "2010-06-08T18:01:16.000Z")]
    [InlineData("""{"origin":1276020076,"at":"now"}""", null)]
    public void A_base_is_added(string members, string? expected) =>
        Read($$"""{"orderId":"1",{{members[1..]}}""", """{"pointer":"/at","unit":"s","base":"/origin"}""").Should().Be((expected ?? Sample.ArrivalText, expected is null ? 1 : 0));

    [Fact]
    public void Whatever_the_text_is_the_time_is_RFC_3339_and_never_another_than_that_of_the_digits() =>
        Gen.OneOf(Gens.Unicode, Gen.String[Gen.Char["0123456789-+:.,TtZ eE"], 0, 30]).Sample(text =>
        {
            var (time, _) = TimeOf(JsonSerializer.Serialize(text), """{"pointer":"/at","offset":"+01:00"}""");
            return Timestamp.IsValid(time);
        });

    [Fact]
    public void Milliseconds_are_read_as_NET_reads_them() =>
        Gen.Long[1_000_000_000_000, 9_999_999_999_999].Sample(number => TimeOf($"{number}", "\"/at\"") == (Timestamp.TryFormat(number)!, 0));

    private static (string Time, long Unusable) TimeOf(string written, string rule) => Read($$"""{"orderId":"1","at":{{written}}}""", rule);

    private static (string Time, long Unusable) Read(string record, string rule)
    {
        var reader = new RecordReader(EventCatalog.Parse(Sample.Utf8($$"""{"source":"s","events":[{"type":"t","match":[{"pointer":"/orderId"}],"stream":"/orderId","time":{{rule}}}]}""")));
        return (reader.Read(Sample.Utf8(record), Sample.Arrival).Single().Inline().Time, reader.Doubts[DoubtKind.TimeUnusable]);
    }
}
