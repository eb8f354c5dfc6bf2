using DataToEvents.Adapters.Formats;
using DataToEvents.Adapters.Tests.Contracts;

namespace DataToEvents.Adapters.Tests.Formats;

public sealed class QuarantineObjectTests
{
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
}
