using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;
using CsCheck;

namespace DataToEvents.Domain.Tests;

/// <summary>The CloudEvents project's own SDK reads our envelopes and finds the same values.</summary>
public sealed class OfficialSdkTests
{
    private static readonly JsonEventFormatter Formatter = new(new JsonSerializerOptions(), new JsonDocumentOptions { MaxDepth = 1_100 });

    [Fact]
    public void Any_record_becomes_CloudEvents_that_the_SDK_reads_alike() =>
        Gens.Record.Sample(record => Array.ForEach(Sample.Events(record), ShouldAgree));

    [Fact]
    public void A_producers_CloudEvent_with_anything_in_it_becomes_one_that_the_SDK_reads_alike()
    {
        var text = Gen.OneOf(Gens.Unicode, Gen.OneOf("", "application/json", "text/plain", "image/png", "/a?b#c", "http://a b", "2026-01-02T03:04:05.678+01:00", "AA=="));
        var name = Gen.OneOf("id", "specversion", "dataschema", "source", "type", "subject", "time", "datacontenttype", "dataref", "data_base64", "data", "traceparent", "ext", "EXT", "x y");
        var value = Gen.Frequency((4, text.Select(plain => JsonSerializer.Serialize(plain))), (1, Gens.Json));
        Gen.Select(name, value).Array[0, 4].Sample(members =>
        {
            var record = Sample.CloudEvent(string.Join(',', members.Select(member => $"\"{member.Item1}\":{member.Item2}")));
            ShouldAgree(Sample.Event(record));
        }, iter: 2_000);
    }

    [Fact]
    public void Extensions_arrive() =>
        Decode(Sample.Event(Sample.CloudEvent("\"ext\":\"a\\u00e9\",\"n\":42,\"flag\":true")))
            .GetPopulatedAttributes().Select(attribute => $"{attribute.Key.Name}={attribute.Value}").Should().Contain(["ext=aé", "n=42", "flag=true"]);

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"a\":[1.0]}")]
    [InlineData("true")]
    [InlineData("null")]
    public void Data_that_is_no_string_though_its_media_type_is_no_JSON_is_read(string data) =>
        ShouldAgree(Sample.Event(Sample.CloudEvent($"\"datacontenttype\":\"image/png\",\"data\":{data}")));

    [Fact]
    public void The_deepest_inline_payload_is_read() => ShouldAgree(Sample.Event(new string('[', 990) + new string(']', 990)));

    [Fact]
    public void A_claim_check_is_read()
    {
        var read = new RecordReader(Sample.Catalog).Read("[1]"u8.ToArray(), Sample.Arrival).Single().Referring("s3://payloads/a b");

        Decode(read)["dataref"].Should().Be("s3://payloads/a b");
        Decode(read).Data.Should().BeNull();
    }

    [Fact]
    public void A_published_envelope_is_read() =>
        Formatter.DecodeStructuredModeMessage(Sample.Event("[1]").EnvelopeWith("18850000000000000007"), null, null)["dtesequence"].Should().Be("18850000000000000007");

    private static void ShouldAgree(DataEvent ours)
    {
        var theirs = Decode(ours);
        (theirs.Id, theirs.Source!.OriginalString, theirs.Type, theirs.Subject).Should().Be((ours.Id.Value, ours.Source, ours.Type, theirs.Subject is null ? null : ours.Stream.Value));
        theirs["traceparent"].Should().Be(ours.TraceParent);
        theirs.DataContentType.Should().BeOneOf(ours.ContentType, ours.ContentType ?? "application/json");
        theirs.Time.Should().Be(ours.OccurredAt);
        theirs["dteacceptedtime"].Should().Be(Timestamp.Format(ours.AcceptedAt!.Value));
        theirs["dataref"].Should().Be(ours.DataRef ?? theirs["dataref"]);
        // The SDK takes JSON's null for no data at all.
        Sample.Text(Bytes(theirs.Data)).Should().Be(theirs.Data is null && ours.Payload() is [.., (byte)'l'] ? "" : Sample.Text(ours.Payload()));
    }

    private static CloudEvent Decode(DataEvent ours)
    {
        var theirs = Formatter.DecodeStructuredModeMessage(ours.Envelope, null, null);
        theirs.IsValid.Should().BeTrue();
        return theirs;
    }

    private static byte[]? Bytes(object? data) => data switch
    {
        null => null,
        byte[] bytes => bytes,
        string text => Encoding.UTF8.GetBytes(text),
        JsonElement json => Encoding.UTF8.GetBytes(json.GetRawText()),
        _ => throw new InvalidOperationException(data.GetType().Name),
    };
}
