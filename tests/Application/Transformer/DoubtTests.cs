using System.IO.Compression;
using DataToEvents.Application.Tests.Signals;
using DataToEvents.Application.Transformer;
using DataToEvents.Domain;
using DataToEvents.Domain.Catalog;

namespace DataToEvents.Application.Tests.Transformer;

/// <summary>A record that is not understood is carried on and counted, and the caller is told.</summary>
public sealed class DoubtTests
{
    private readonly FakeQueue _queue = new();
    private readonly Steps.RecordedMetrics _metrics = new();

    [Fact]
    public async Task Each_kind_is_counted_with_the_reason_of_the_first()
    {
        var batch = await TransformAsync(
            Record("""{"a":1,"at":"yesterday"}"""), Record("""{"a":2,"at":12}"""), Record("text"), Record("""{"specversion":"1.0","Id":"1"}"""), Record("""{"a":3,"at":1767225600}"""));

        batch.Verdicts.Should().OnlyContain(verdict => verdict.Result == RecordResult.Ok);
        batch.Doubts.All.Should().Equal(
            new Doubt(DoubtKind.Unclassified, "what begins at byte 0 of 4 is no JSON, from byte 0 on", 2),
            new Doubt(DoubtKind.NotJson, "what begins at byte 0 of 4 is no JSON, from byte 0 on", 1),
            new Doubt(DoubtKind.TimeUnusable, "its form is not known", 2),
            new Doubt(DoubtKind.InvalidCloudEvent, "No CloudEvent: Id must be a name of lower-case letters and digits.", 1));
        _metrics.Last().Should().Contain(new Dictionary<string, long> { ["EventsUnclassified"] = 2, ["EventsNotJson"] = 1, ["TimesUnusable"] = 2, ["CloudEventsInvalid"] = 1 });
    }

    [Fact]
    public async Task A_record_that_holds_too_much_when_it_is_unpacked_fails_alone()
    {
        var batch = await TransformAsync(Record("""{"a":1}"""), Packed(new byte[2_001]), Packed("""{"a":2}{"a":3}"""u8.ToArray()), Record("""{"a":1}"""));

        batch.Verdicts.Select(verdict => verdict.Result).Should().Equal(RecordResult.Ok, RecordResult.ProcessingFailed, RecordResult.Ok, RecordResult.Ok);
        batch.Verdicts[1].Reason.Should().Be("it holds more than 2000 bytes when it is unpacked (gzip)");
        _queue.Taken.Select(taken => taken.Stream.Value).Should().BeEquivalentTo(["1", "2", "3", "1"]);
    }

    private static ArrivedRecord Record(string content) => new("record", Example.Arrival, Encoding.UTF8.GetBytes(content));

    private static ArrivedRecord Packed(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Optimal))
        {
            stream.Write(content);
        }

        return new ArrivedRecord("packed", Example.Arrival, packed.ToArray());
    }

    private Task<TransformedBatch> TransformAsync(params ArrivedRecord[] records)
    {
        var catalog = EventCatalog.Parse("""{"source":"urn:test","unpack":["gzip"],"events":[{"type":"t","match":{"pointer":"/a"},"stream":"/a","time":"/at"}]}"""u8.ToArray());
        return new TransformRecords(catalog, _queue, new FakePayloadStore(), Example.Lanes(), new TransformerOptions(1_000) { UnpackedLimit = 2_000 }, _metrics)
            .ExecuteAsync(records, null, Example.Budget, arena: null, CancellationToken.None);
    }
}
