using System.Text.Json;

namespace DataToEvents.Domain.Tests.Envelope;

public sealed class CloudEventRecordTests
{
    [Fact]
    public void A_CloudEvent_keeps_what_its_producer_said()
    {
        var sold = Some.Event(Some.CloudEvent("\"datacontenttype\":\"application/vnd.shop+json\",\"traceparent\":\"" + Some.TraceParent + "\",\"data\":{\"total\": 1.0}"));

        (sold.Id.Value, sold.Source, sold.Type, sold.Stream.Value, sold.Time).Should().Be(("e-1", "/shop", "shop.sold", "cart-7", "2026-01-02T03:04:05Z"));
        sold.ContentType.Should().Be("application/vnd.shop+json");
        sold.TraceParent.Should().Be(Some.TraceParent);
        sold.AcceptedAt.Should().Be(Some.Arrival);
        Some.Text(sold.Payload()).Should().Be("{\"total\": 1.0}");
    }

    [Fact]
    public void A_CloudEvent_without_a_time_gets_its_arrivals() =>
        Some.Event("""{"specversion":"1.0","id":"i","source":"s","type":"t","subject":"x"}""").Time.Should().Be(Some.ArrivalText);

    [Fact]
    public void A_CloudEvent_without_a_subject_goes_to_a_shard_and_keeps_its_id()
    {
        var read = Some.Event("""{"specversion":"1.0","id":"i","source":"s","type":"t","data":1}""");

        read.Stream.Value.Should().StartWith("unclassified-");
        (read.Id.Value, read.Type).Should().Be(("i", "t"));
    }

    [Fact]
    public void The_trace_of_the_invocation_serves_events_that_bring_none()
    {
        Some.Events(Some.Utf8(Some.CloudEvent()), traceParent: Some.TraceParent).Single().TraceParent.Should().Be(Some.TraceParent);
        Some.Events("[1]"u8.ToArray(), traceParent: Some.TraceParent).Single().TraceParent.Should().Be(Some.TraceParent);
        Some.Events(Some.Utf8(Some.CloudEvent("\"traceparent\":\"mine\"")), traceParent: Some.TraceParent).Single().TraceParent.Should().Be("mine");
    }

    [Theory]
    [InlineData("{\"a\":1}", "{\"a\":1}")]
    [InlineData("null", "null")]
    [InlineData("\"text\"", "\"text\"")]
    [InlineData("1.0", "1.0")]
    public void Data_is_its_JSON(string data, string payload) => Some.Text(Some.Event(Some.CloudEvent($"\"data\":{data}")).Payload()).Should().Be(payload);

    [Theory]
    [InlineData("\"a\\nb \\u00e9\"", "a\nb é")]
    [InlineData("\"a\uffffb\"", "a\uffffb")]
    [InlineData("\"\"", "")]
    [InlineData("{\"a\":1}", "{\"a\":1}")]
    [InlineData("[ 1.0, null ]", "[ 1.0, null ]")]
    [InlineData("7", "7")]
    public void Data_of_another_media_type_is_the_text_of_its_string(string data, string payload) =>
        Some.Text(Some.Event(Some.CloudEvent($"\"datacontenttype\":\"text/plain\",\"data\":{data}")).Payload()).Should().Be(payload);

    [Theory]
    [InlineData("AP8=", new byte[] { 0, 255 })]
    [InlineData("", new byte[0])]
    [InlineData("++//", new byte[] { 0xfb, 0xef, 0xff })]
    [InlineData("\\/\\/\\u002b\\u002b", new byte[] { 0xff, 0xff, 0xbe })]
    public void Binary_data_is_its_bytes(string base64, byte[] payload)
    {
        var read = Some.Event(Some.CloudEvent($"\"datacontenttype\":\"image/png\",\"data_base64\":\"{base64}\""));

        read.Id.Value.Should().Be("e-1");
        read.Payload().Should().Equal(payload);
        read.ContentType.Should().Be("image/png");
    }

    [Fact]
    public void An_event_without_data_has_no_payload()
    {
        Some.Event(Some.CloudEvent("")).Payload().Should().BeNull();
        Some.Event(Some.CloudEvent("")).Id.Value.Should().Be("e-1");
    }

    [Fact]
    public void A_producers_own_reference_stays_the_reference()
    {
        var read = Some.Event(Some.CloudEvent("\"dataref\":\"https://example.com/a?b=c&d\""));

        read.DataRef.Should().Be("https://example.com/a?b=c&d");
        read.Payload().Should().BeNull();
        read.ContentHash().Should().Be(DataEvent.Parse(read.Envelope).ContentHash());
        read.ContentHash().Should().NotBe(Some.Event(Some.CloudEvent("\"dataref\":\"https://example.com/other\"")).ContentHash());
    }

    [Fact]
    public void A_reference_beside_data_is_kept_and_replaced_by_a_claim_check()
    {
        var read = new RecordReader(Some.Catalog).Read(Some.Utf8(Some.CloudEvent("\"dataref\":\"urn:theirs\",\"data\":1")), Some.Arrival).Single();

        Some.Text(read.Inline().Envelope).Should().Contain("\"dataref\":\"urn:theirs\"");
        read.Inline().DataRef.Should().BeNull();
        read.Referring("urn:ours").DataRef.Should().Be("urn:ours");
        Some.Text(read.Referring("urn:ours").Envelope).Should().NotContain("theirs");
    }

    [Theory]
    [InlineData("\"comexampleextension1\":\"a\\u00e9 \\\"b\\\"\"")]
    [InlineData("\"tracestate\":\"a=b\"")]
    [InlineData("\"n\":42,\"flag\":true")]
    [InlineData("\"url\":\"a\\/b<>&'\"")]
    public void Extensions_are_kept_as_they_are_written(string extensions) =>
        Some.Text(Some.Event(Some.CloudEvent(extensions)).Envelope).Should().Contain(extensions);

    [Fact]
    public void Our_own_extensions_are_written_by_us_only()
    {
        var read = Some.Event(Some.CloudEvent("\"acceptedtime\":\"1999-01-01T00:00:00Z\",\"streamsequence\":\"99999\""));

        read.AcceptedAt.Should().Be(Some.Arrival);
        read.StreamSequence.Should().BeNull();
        Some.Text(read.Envelope).Should().NotContain("99999").And.NotContain("1999");
    }

    [Fact]
    public void Null_is_the_same_as_absent()
    {
        var read = Some.Event("""{"specversion":"1.0","id":"i","source":"s","type":"t","subject":null,"time":null,"datacontenttype":null,"traceparent":null,"dataref":null,"ext":null,"data_base64":null,"data":1}""");

        read.Id.Value.Should().Be("i");
        read.Time.Should().Be(Some.ArrivalText);
        Some.Text(read.Payload()).Should().Be("1");
        JsonDocument.Parse(read.Envelope).RootElement.TryGetProperty("ext", out _).Should().BeFalse();
    }

    [Fact]
    public void The_last_of_two_members_of_one_name_counts()
    {
        var read = Some.Event(Some.CloudEvent("\"id\":\"e-2\",\"subject\":\"other\",\"time\":\"2026-01-01T00:00:00Z\",\"time\":null,\"subject\":null"));

        (read.Id.Value, read.Time).Should().Be(("e-2", Some.ArrivalText));
        read.Stream.Value.Should().StartWith("unclassified-");
    }

    [Theory]
    [InlineData("\"specversion\":\"0.3\"")]
    [InlineData("\"id\":\"\"")]
    [InlineData("\"id\":5")]
    [InlineData("\"id\":null")]
    [InlineData("\"id\":\"\\ud800\"")]
    [InlineData("\"id\":\"a\\u0007\"")]
    [InlineData("\"source\":\"\"")]
    [InlineData("\"source\":\"http://[\"")]
    [InlineData("\"type\":\"\"")]
    [InlineData("\"type\":\"a\\nb\"")]
    [InlineData("\"subject\":\"\"")]
    [InlineData("\"subject\":7")]
    [InlineData("\"time\":\"yesterday\"")]
    [InlineData("\"time\":1767323045")]
    [InlineData("\"datacontenttype\":\"\"")]
    [InlineData("\"datacontenttype\":\"json\"")]
    [InlineData("\"traceparent\":true")]
    [InlineData("\"dataref\":\"\"")]
    [InlineData("\"dataref\":[]")]
    [InlineData("\"data_base64\":\"!\"")]
    [InlineData("\"data_base64\":1")]
    [InlineData("\"data_base64\":\"AA==\",\"data\":1")]
    [InlineData("\"ext\":{}")]
    [InlineData("\"ext\":[1]")]
    [InlineData("\"ext\":1.5")]
    [InlineData("\"ext\":2147483648")]
    [InlineData("\"ext\":\"\\u0000\"")]
    [InlineData("\"myExtension\":\"a\"")]
    [InlineData("\"my-ext\":\"a\"")]
    [InlineData("\"\":\"a\"")]
    public void What_breaks_CloudEvents_rules_is_carried_whole_as_ordinary_data(string members)
    {
        var record = Some.CloudEvent(members);

        var read = Some.Event(record);

        read.Type.Should().Be("data.unclassified");
        Some.Text(read.Payload()).Should().Be(record);
    }

    [Fact]
    public void A_refused_CloudEvent_is_still_classified_by_the_catalog() =>
        Some.Event(Some.CloudEvent("\"id\":\"\",\"orderId\":1")).Type.Should().Be("order.placed");

    [Fact]
    public void CloudEvents_come_in_lines_too() =>
        Some.Events(Some.Utf8(Some.CloudEvent(id: "a") + "\n" + Some.CloudEvent(id: "b"))).Select(read => read.Id.Value).Should().Equal("a", "b");
}
