using DataToEvents.Adapters.Formats;
using DataToEvents.Adapters.Tests.Contracts;
using DataToEvents.Domain;

namespace DataToEvents.Adapters.Tests.Formats;

public sealed class MessageKeysTests
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
}
