namespace DataToEvents.Domain.Tests.Envelope;

public sealed class CloudEventRecordTests
{
    [Fact]
    public void A_CloudEvent_keeps_what_its_producer_said()
    {
        var sold = Sample.Event(Sample.CloudEvent("\"datacontenttype\":\"application/vnd.shop+json\",\"traceparent\":\"" + Sample.TraceParent + "\",\"data\":{\"total\": 1.0}"));

        (sold.Id.Value, sold.Source, sold.Type, sold.Stream.Value, sold.Time).Should().Be(("e-1", "/shop", "shop.sold", "cart-7", "2026-01-02T03:04:05Z"));
        sold.ContentType.Should().Be("application/vnd.shop+json");
        sold.TraceParent.Should().Be(Sample.TraceParent);
        sold.AcceptedAt.Should().Be(Sample.Arrival);
        Sample.Text(sold.Payload()).Should().Be("{\"total\": 1.0}");
    }

    [Fact]
    public void A_CloudEvent_without_a_time_gets_its_arrivals() =>
        Sample.Event("""{"specversion":"1.0","id":"i","source":"s","type":"t","subject":"x"}""").Time.Should().Be(Sample.ArrivalText);

    [Fact]
    public void A_CloudEvent_without_a_subject_gets_none_and_goes_by_source_and_id()
    {
        static DataEvent Read(string id = "i", string source = "s", string rest = "1") =>
            Sample.Event($$"""{"specversion":"1.0","id":"{{id}}","source":"{{source}}","type":"t","data":{{rest}}}""");

        Sample.Text(Read().Envelope).Should().NotContain("subject");
        Read(rest: "2,\"traceparent\":\"mine\"").Stream.Should().Be(Read().Stream);
        Enumerable.Range(0, 100).Select(i => Read(id: $"i{i}").Stream).Distinct().Should().HaveCountGreaterThan(80);
        Enumerable.Range(0, 100).Select(i => Read(source: $"s{i}").Stream).Distinct().Should().HaveCountGreaterThan(80);
    }

    [Fact]
    public void The_stream_of_a_source_and_an_id_is_the_same_for_ever() =>
        Enumerable.Range(1, 3).Select(i => StreamId.WithoutSubject(new EventId($"n{i}"), "/svc").Value).Should().Equal("no-subject-51", "no-subject-443", "no-subject-990");

    [Fact]
    public void The_trace_of_the_invocation_serves_events_that_bring_none()
    {
        Sample.Events(Sample.Utf8(Sample.CloudEvent()), traceParent: Sample.TraceParent).Single().TraceParent.Should().Be(Sample.TraceParent);
        Sample.Events("[1]"u8.ToArray(), traceParent: Sample.TraceParent).Single().TraceParent.Should().Be(Sample.TraceParent);
        Sample.Events(Sample.Utf8(Sample.CloudEvent("\"traceparent\":\"mine\"")), traceParent: Sample.TraceParent).Single().TraceParent.Should().Be("mine");
    }

    [Theory]
    [InlineData("{\"a\":1}", "{\"a\":1}")]
    [InlineData("null", "null")]
    [InlineData("\"text\"", "\"text\"")]
    [InlineData("1.0", "1.0")]
    public void Data_is_its_JSON(string data, string payload) => Sample.Text(Sample.Event(Sample.CloudEvent($"\"data\":{data}")).Payload()).Should().Be(payload);

    [Theory]
    [InlineData("\"a\\nb \\u00e9\"", "a\nb é")]
    [InlineData("\"a\uffffb\"", "a\uffffb")]
    [InlineData("\"\"", "")]
    [InlineData("{\"a\":1}", "{\"a\":1}")]
    [InlineData("[ 1.0, null ]", "[ 1.0, null ]")]
    [InlineData("7", "7")]
    public void Data_of_another_media_type_is_the_text_of_its_string(string data, string payload) =>
        Sample.Text(Sample.Event(Sample.CloudEvent($"\"datacontenttype\":\"text/plain\",\"data\":{data}")).Payload()).Should().Be(payload);

    [Theory]
    [InlineData("AP8=", new byte[] { 0, 255 })]
    [InlineData("", new byte[0])]
    [InlineData("++//", new byte[] { 0xfb, 0xef, 0xff })]
    [InlineData("\\/\\/\\u002b\\u002b", new byte[] { 0xff, 0xff, 0xbe })]
    public void Binary_data_is_its_bytes(string base64, byte[] payload)
    {
        var read = Sample.Event(Sample.CloudEvent($"\"datacontenttype\":\"image/png\",\"data_base64\":\"{base64}\""));

        read.Id.Value.Should().Be("e-1");
        read.Payload().Should().Equal(payload);
        read.ContentType.Should().Be("image/png");
    }

    [Fact]
    public void An_event_without_data_has_no_payload()
    {
        Sample.Event(Sample.CloudEvent("")).Payload().Should().BeNull();
        Sample.Event(Sample.CloudEvent("")).Id.Value.Should().Be("e-1");
    }

    [Fact]
    public void A_producers_own_reference_stays_the_reference()
    {
        var read = Sample.Event(Sample.CloudEvent("\"dataref\":\"https://example.com/a?b=c&d\""));

        read.DataRef.Should().Be("https://example.com/a?b=c&d");
        read.Payload().Should().BeNull();
        read.ContentHash().Should().Be(DataEvent.Parse(read.Envelope).ContentHash());
        read.ContentHash().Should().NotBe(Sample.Event(Sample.CloudEvent("\"dataref\":\"https://example.com/other\"")).ContentHash());
    }

    [Fact]
    public void A_reference_beside_data_is_kept_beside_a_claim_check_too()
    {
        var read = new RecordReader(Sample.Catalog).Read(Sample.Utf8(Sample.CloudEvent("\"dataref\":\"urn:theirs\",\"data\":1")), Sample.Arrival).Single();
        var (inline, referring) = (read.Inline(), DataEvent.Parse(read.Referring("urn:ours").Envelope));

        Sample.Text(inline.Envelope).Should().Contain("\"dataref\":\"urn:theirs\"");
        inline.DataRef.Should().BeNull();
        referring.DataRef.Should().Be("urn:ours");
        referring.Payload().Should().BeNull();
        Sample.Text(referring.Envelope).Should().Contain("\"dataref\":\"urn:theirs\"");
        Sample.Event(Sample.Text(referring.Envelope).Replace("\"dteacceptedtime\"", "\"accepted\"", StringComparison.Ordinal)).DataRef.Should().Be("urn:ours");
    }

    [Theory]
    [InlineData("\"comexampleextension1\":\"a\\u00e9 \\\"b\\\"\"")]
    [InlineData("\"tracestate\":\"a=b\"")]
    [InlineData("\"n\":42,\"flag\":true")]
    [InlineData("\"url\":\"a\\/b<>&'\"")]
    public void Extensions_are_kept_as_they_are_written(string extensions) =>
        Sample.Text(Sample.Event(Sample.CloudEvent(extensions)).Envelope).Should().Contain(extensions);

    [Theory]
    [InlineData("acceptedtime")]
    [InlineData("streamsequence")]
    [InlineData("replay")]
    [InlineData("sequence")]
    [InlineData("partitionkey")]
    [InlineData("conflictswith")]
    [InlineData("dteother")]
    public void Extensions_are_the_producers_whatever_they_are_called(string name)
    {
        var read = Sample.Event(Sample.CloudEvent($"\"{name}\":\"1999-01-01T00:00:00Z\""));

        Sample.Text(read.Envelope).Should().Contain($"\"{name}\":\"1999-01-01T00:00:00Z\"");
        (read.AcceptedAt, read.StreamSequence, read.Replay).Should().Be((Sample.Arrival, null, null));
    }

    [Theory]
    [InlineData("dteacceptedtime")]
    [InlineData("dtesequence")]
    [InlineData("dtereplay")]
    [InlineData("dtecontent")]
    [InlineData("dteconflict")]
    public void What_is_written_on_the_way_only_makes_a_record_of_a_producer_other_data(string name)
    {
        var record = Sample.CloudEvent($"\"{name}\":\"7\"");

        var read = Sample.Event(record);

        read.Type.Should().Be("data.unclassified");
        Sample.Text(read.Payload()).Should().Be(record);
    }

    [Fact]
    public void Null_is_the_same_as_absent()
    {
        var read = Sample.Event("""{"specversion":"1.0","id":"i","source":"s","type":"t","subject":null,"time":null,"datacontenttype":null,"traceparent":null,"dataref":null,"ext":null,"data_base64":null,"data":1}""");

        read.Id.Value.Should().Be("i");
        read.Time.Should().Be(Sample.ArrivalText);
        Sample.Text(read.Payload()).Should().Be("1");
        JsonDocument.Parse(read.Envelope).RootElement.TryGetProperty("ext", out _).Should().BeFalse();
    }

    [Fact]
    public void The_last_of_two_members_of_one_name_counts()
    {
        var read = Sample.Event(Sample.CloudEvent("\"id\":\"e-2\",\"subject\":\"other\",\"time\":\"2026-01-01T00:00:00Z\",\"time\":null,\"subject\":null"));

        (read.Id.Value, read.Time).Should().Be(("e-2", Sample.ArrivalText));
        read.Stream.Value.Should().StartWith("no-subject-");
    }

    [Theory]
    [InlineData("\"dtecontent\":\"\"")]
    [InlineData("\"dtecontent\":1")]
    [InlineData("\"dteconflict\":\"last\"")]
    [InlineData("\"dtedataref\":\"\"")]
    [InlineData("\"dtedataref\":\"urn:a\",\"data\":1")]
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
        var record = Sample.CloudEvent(members);

        var read = Sample.Event(record);

        read.Type.Should().Be("data.unclassified");
        Sample.Text(read.Payload()).Should().Be(record);
    }

    [Fact]
    public void A_refused_CloudEvent_is_still_classified_by_the_catalog() =>
        Sample.Event(Sample.CloudEvent("\"id\":\"\",\"orderId\":1")).Type.Should().Be("order.placed");

    [Fact]
    public void CloudEvents_come_in_lines_too() =>
        Sample.Events(Sample.Utf8(Sample.CloudEvent(id: "a") + "\n" + Sample.CloudEvent(id: "b"))).Select(read => read.Id.Value).Should().Equal("a", "b");
}
