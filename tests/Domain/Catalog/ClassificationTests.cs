using DataToEvents.Domain.Catalog;

namespace DataToEvents.Domain.Tests.Catalog;

public sealed class ClassificationTests
{
    [Fact]
    public void A_record_gets_type_stream_id_and_time_from_the_catalogs_pointers()
    {
        var placed = Sample.Event("""{"orderId":"4711","eventId":"e-9","at":"2026-01-02T03:04:05+01:00","total":1.0}""");

        placed.Type.Should().Be("order.placed");
        placed.Source.Should().Be("urn:test/order.placed");
        placed.Stream.Value.Should().Be("order-4711");
        placed.Id.Value.Should().Be("e-9");
        placed.Time.Should().Be("2026-01-02T03:04:05+01:00");
        placed.AcceptedAt.Should().Be(Sample.Arrival);
        placed.ContentType.Should().Be("application/json");
    }

    [Fact]
    public void A_number_serves_as_a_key_just_as_it_is_written() =>
        Sample.Event("""{"orderId":12345678901234567890.50}""").Stream.Value.Should().Be("order-12345678901234567890.50");

    [Theory]
    [InlineData("""{"orderId":null}""")]
    [InlineData("""{"orderId":true}""")]
    [InlineData("""{"orderId":{}}""")]
    [InlineData("""{"orderId":["4711"]}""")]
    [InlineData("""{"orderId":""}""")]
    [InlineData("""{"orderId":"\ud800"}""")]
    [InlineData("""{"orderId":"a\u0000"}""")]
    [InlineData("""{"order":"4711"}""")]
    public void A_record_whose_key_is_no_key_stays_unclassified(string record)
    {
        var read = Sample.Event(record);

        read.Type.Should().Be("data.unclassified");
        Sample.Text(read.Payload()).Should().Be(record);
    }

    [Fact]
    public void A_key_that_is_too_long_with_its_prefix_stays_unclassified() =>
        Sample.Event($$"""{"orderId":"{{new string('x', StreamId.MaxBytes)}}"}""").Type.Should().Be("data.unclassified");

    [Theory]
    [InlineData("1767323045000", "2026-01-02T03:04:05.000Z")]
    [InlineData("\"2026-01-02T03:04:05.5Z\"", "2026-01-02T03:04:05.5Z")]
    [InlineData("\"yesterday\"", Sample.ArrivalText)]
    [InlineData("1767323045.5", "2026-01-02T03:04:05.500Z")]
    [InlineData("99999999999999999", Sample.ArrivalText)]
    [InlineData("null", Sample.ArrivalText)]
    [InlineData("{}", Sample.ArrivalText)]
    public void The_time_is_a_timestamp_or_a_number_from_1970_on_or_else_the_arrival(string time, string expected) =>
        Sample.Event($$"""{"orderId":"1","at":{{time}}}""").Time.Should().Be(expected);

    [Theory]
    [InlineData("5", "5")]
    [InlineData("\"x\"", "x")]
    public void An_id_is_a_string_or_a_number(string id, string expected) =>
        Sample.Event($$"""{"orderId":"1","eventId":{{id}}}""").Id.Value.Should().Be(expected);

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("[]")]
    [InlineData("\"\\udfff\"")]
    public void What_is_no_id_is_replaced_by_one_made_of_arrival_and_bytes(string id) =>
        Sample.Event($$"""{"orderId":"1","eventId":{{id}}}""").Id.Value.Should().HaveLength(26);

    [Fact]
    public void A_dropped_record_makes_no_event() =>
        new RecordReader(Sample.Catalog).Read("""{"kind":"heartbeat"}"""u8.ToArray(), Sample.Arrival).Should().ContainSingle().Which.IsDropped.Should().BeTrue();

    [Fact]
    public void A_dropped_event_has_no_envelope()
    {
        var dropped = new RecordReader(Sample.Catalog).Read("""{"kind":"heartbeat"}"""u8.ToArray(), Sample.Arrival).Single();

        dropped.Invoking(read => read.Inline()).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void The_first_entry_that_matches_wins() => TypeOf("""{"a":1,"b":2}""",
        """{"type":"first","match":[{"pointer":"/a"},{"pointer":"/b"}],"stream":"/a"}""",
        """{"type":"second","match":[{"pointer":"/a"}],"stream":"/a"}""").Should().Be("first");

    [Fact]
    public void An_entry_whose_key_is_missing_leaves_the_record_to_the_next() => TypeOf("""{"a":1}""",
        """{"type":"first","match":[{"pointer":"/a"}],"stream":"/b"}""",
        """{"type":"second","match":[{"pointer":"/a"}],"stream":"/a"}""").Should().Be("second");

    [Fact]
    public void All_conditions_of_an_entry_must_hold() => TypeOf("""{"a":1}""",
        """{"type":"first","match":[{"pointer":"/a"},{"pointer":"/b"}],"stream":"/a"}""").Should().Be("data.unclassified");

    [Theory]
    [InlineData("\"x\"", "\"x\"", true)]
    [InlineData("\"x\"", "\"\\u0078\"", true)]
    [InlineData("\"x\"", "\"X\"", false)]
    [InlineData("1", "1", true)]
    [InlineData("1", "\"1\"", false)]
    [InlineData("\"1\"", "1", false)]
    [InlineData("true", "true", true)]
    [InlineData("true", "false", false)]
    [InlineData("null", "null", true)]
    [InlineData("null", "0", false)]
    [InlineData("\"\"", "\"\"", true)]
    [InlineData("\"\"", "null", false)]
    public void A_condition_compares_kind_and_value(string expected, string actual, bool matches) => TypeOf($$"""{"k":"s","a":{{actual}}}""",
        $$"""{"type":"t","match":[{"pointer":"/a","equals":{{expected}}}],"stream":"/k"}""").Should().Be(matches ? "t" : "data.unclassified");

    [Fact]
    public void A_condition_without_a_value_is_met_by_null() => TypeOf("""{"k":"s","a":null}""",
        """{"type":"t","match":[{"pointer":"/a"}],"stream":"/k"}""").Should().Be("t");

    [Fact]
    public void Unclassified_records_share_a_stream_when_they_are_equal_and_spread_over_the_shards()
    {
        var streams = Enumerable.Range(0, 200).Select(i => Sample.Event($"[{i}]").Stream.Value).ToArray();

        streams.Distinct().Order().Should().Equal("unclassified-0", "unclassified-1", "unclassified-2", "unclassified-3");
        Enumerable.Range(0, 200).Select(i => Sample.Event($"  [{i}]\n").Stream.Value).Should().Equal(streams);
    }

    [Fact]
    public void The_shard_of_a_content_is_the_same_for_ever() =>
        Enumerable.Range(1, 4).Select(i => Sample.Event($"[{i}]").Stream.Value[^1]).Should().Equal('0', '3', '2', '2');

    private static string TypeOf(string record, params string[] entries) =>
        Sample.Events(Sample.Utf8(record), EventCatalog.Parse(Sample.Utf8($$"""{"source":"s","events":[{{string.Join(',', entries)}}]}"""))).Single().Type;
}
