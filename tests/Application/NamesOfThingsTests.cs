using System.Text;
using System.Text.Json;
using DataToEvents.Application.EventStorer;
using DataToEvents.Application.IntegrationEventEmitter;
using DataToEvents.Application.Payloads;
using DataToEvents.Application.Transformer;
using DataToEvents.Domain;

namespace DataToEvents.Application.Tests;

/// <summary>What others have to find again: keys, group ids, objects, sizes.</summary>
public sealed class NamesOfThingsTests
{
    [Theory]
    [InlineData("order-1")]
    [InlineData("!")]
    [InlineData("~")]
    [InlineData("a/b:c?d")]
    public void A_stream_that_SQS_takes_as_a_group_is_its_own_group(string stream) => MessageKeys.GroupId(new StreamId(stream)).Should().Be(stream);

    [Fact]
    public void A_stream_that_SQS_takes_for_no_group_has_the_group_of_its_hash()
    {
        var longest = new string('s', 128);

        MessageKeys.GroupId(new StreamId(longest)).Should().Be(longest);
        MessageKeys.GroupId(new StreamId(longest + "s")).Should().StartWith("sha256-").And.HaveLength("sha256-".Length + 64);
        MessageKeys.GroupId(new StreamId("two words")).Should().StartWith("sha256-");
        MessageKeys.GroupId(new StreamId("§1")).Should().StartWith("sha256-");
        MessageKeys.GroupId(new StreamId("José")).Should().StartWith("sha256-").And.NotBe(MessageKeys.GroupId(new StreamId("Jose ")));
    }

    [Fact]
    public void Stream_id_source_type_and_payload_each_make_another_deduplication_id_and_nothing_else_does()
    {
        var id = MessageKeys.DeduplicationId(Some.Event("s", "e"));

        id.Should().MatchRegex("^[0-9a-f]{64}$", "SQS takes up to 128 letters, digits and punctuation");
        DataEvent[] others = [Some.Event("S", "e"), Some.Event("s", "E"), Some.Event("s", "e", data: "2"), Some.Event("se", "1"), Some.Event("s", "e1"), Some.Event("s", "e", source: "s2"), Some.Event("s", "e", type: "t2")];
        others.Select(MessageKeys.DeduplicationId).Append(id).Should().OnlyHaveUniqueItems();
        MessageKeys.DeduplicationId(DataEvent.Parse(Some.Event("s", "e").EnvelopeWith("7"))).Should().Be(id);
    }

    [Fact]
    public void Stream_and_id_that_read_alike_together_have_deduplication_ids_of_their_own() =>
        MessageKeys.DeduplicationId(Some.Event("1:a", "b")).Should().NotBe(MessageKeys.DeduplicationId(Some.Event("1:", "ab")));

    [Fact]
    public void A_conflict_that_is_nested_deeper_than_usual_readers_go_comes_into_quarantine_too()
    {
        var deep = new string('[', 200) + new string(']', 200);

        Encoding.UTF8.GetString(QuarantineObject.Body(Some.Event("s", "e", deep), "42").Span).Should().Contain(deep);
    }

    [Fact]
    public void A_conflict_in_quarantine_is_JSON_with_its_envelope_verbatim()
    {
        var conflict = Some.Event("s", "e", data: """{ "n": 1.0,  "deep": [ ] }""");

        var body = QuarantineObject.Body(conflict, "42");

        using var json = JsonDocument.Parse(body);
        json.RootElement.EnumerateObject().Select(member => member.Name).Should().Equal("stream", "id", "sequence", "envelope");
        json.RootElement.GetProperty("stream").GetString().Should().Be("s");
        json.RootElement.GetProperty("id").GetString().Should().Be("e");
        json.RootElement.GetProperty("sequence").GetString().Should().Be("42");
        json.RootElement.GetProperty("envelope").GetRawText().Should().Be(Encoding.UTF8.GetString(conflict.Envelope.Span));
        QuarantineObject.Key(conflict).Should().MatchRegex("^quarantine/[0-9a-f]{64}/[0-9a-f]{64}-[A-Za-z0-9_-]{43}\\.json$");
    }

    [Fact]
    public void A_payload_lies_under_its_hash() =>
        PayloadObject.Key("abc"u8).Should().Be("payloads/ba/ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad.bin");

    [Fact]
    public void An_entry_of_the_bus_has_the_size_that_EventBridge_counts()
    {
        var entry = new IntegrationEvent("DataInserted", new byte[100], Some.Arrival, ["arn:é", "arn:22"], "Root=1");

        // Time 14, source 19, detail type 12, detail 100, resources 6 and 6 in UTF-8.
        entry.Size.Should().Be(14 + 19 + 12 + 100 + 6 + 6);
    }

    [Fact]
    public void The_resources_of_a_stream_are_its_table_and_itself()
    {
        StreamArns.Resources("arn:t/stream/1").Should().Equal("arn:t", "arn:t/stream/1");
        StreamArns.Resources("no-arn").Should().Equal("no-arn");
        StreamArns.Resources("/stream/1").Should().Equal("/stream/1");
    }
}
