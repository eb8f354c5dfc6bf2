using CsCheck;

namespace DataToEvents.Domain.Tests.Envelope;

public sealed class EnvelopeTests
{
    [Fact]
    public void An_envelope_is_one_line_of_JSON_that_reads_back_as_the_same_event() =>
        Gens.Record.Sample(record => Array.ForEach(Sample.Events(record, traceParent: Sample.TraceParent), ShouldReadBack), iter: 2_000);

    [Fact]
    public void A_replayed_envelope_is_the_same_event_with_the_runs_name_and_the_streams_sequence()
    {
        var first = Sample.Event("""{"orderId":"7","n":1.0}""");

        var replayed = DataEvent.Parse(first.ReplayedEnvelope("run-1", "00042"));

        (replayed.Replay, replayed.StreamSequence, replayed.Id, replayed.ContentHash()).Should().Be(("run-1", "00042", first.Id, first.ContentHash()));
        first.Replay.Should().BeNull();
        FluentActions.Invoking(() => first.ReplayedEnvelope("no \"name\"", null)).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void A_replayed_envelope_keeps_extensions_of_its_producers_that_are_named_like_other_things()
    {
        const string theirs = "\"acceptedtime\":\"1999\",\"streamsequence\":99999,\"replay\":true,\"dataref\":\"urn:theirs\",\"partitionkey\":\"p\",\"sequence\":\"1\"";
        var first = Sample.Event(Sample.CloudEvent($"{theirs},\"data\":1"));

        var replayed = DataEvent.Parse(first.ReplayedEnvelope("run-1", "00042"));

        Sample.Text(replayed.Envelope).Should().ContainAll(theirs.Split(','));
        (replayed.Replay, replayed.StreamSequence, replayed.AcceptedAt).Should().Be(("run-1", "00042", Sample.Arrival));
    }

    [Fact]
    public void A_claim_check_reads_back_as_the_same_event() => Gens.Record.Sample(record =>
    {
        foreach (var read in new RecordReader(Sample.Catalog).Read(record, Sample.Arrival).Where(read => !read.IsDropped))
        {
            var referring = read.Referring("s3://b/k?\"é\"");
            ShouldReadBack(referring);
            referring.DataRef.Should().Be("s3://b/k?\"é\"");
            referring.Id.Should().Be(read.Inline().Id);
            referring.ContentType.Should().Be(read.Inline().ContentType);
        }
    });

    [Fact]
    public void No_envelope_holds_a_character_that_the_queue_refuses() => Gens.Record.Sample(record => Array.ForEach(Sample.Events(record), read =>
        Sample.Text(read.Envelope).Should().NotContainAny("\ufffe", "\uffff", "\n", "\r", "\0")));

    [Fact]
    public void Reading_arbitrary_bytes_never_faults() => Gens.Record.Sample(record => Sample.Events(record).Should().NotBeNull(), iter: 5_000);

    [Fact]
    public void Parsing_anything_gives_an_event_or_a_FormatException() =>
        Gen.OneOf(Gens.Record, Gens.Mutated(Gens.Record.Select(Envelope)), Gens.Mutated(Gens.Record.Select(Envelope))).Sample(bytes =>
        {
            try
            {
                var parsed = DataEvent.Parse(bytes);
                _ = (parsed.Payload(), parsed.DataRef, parsed.ContentHash(), parsed.OccurredAt, parsed.EnvelopeWith("1"));
            }
            catch (FormatException)
            {
            }
        }, iter: 10_000);

    [Theory]
    [InlineData("", "*")]
    [InlineData("[]", "*not a JSON object*")]
    [InlineData("{}", "*specversion*")]
    [InlineData("""{"specversion":"1.0","source":"s","type":"t","subject":"x","time":"2026-01-02T03:04:05Z"}""", "*id must be*")]
    [InlineData("""{"specversion":"1.0","id":"i","type":"t","subject":"x","time":"2026-01-02T03:04:05Z"}""", "*source must be*")]
    [InlineData("""{"specversion":"1.0","id":"i","source":"s","subject":"x","time":"2026-01-02T03:04:05Z"}""", "*type must be*")]
    [InlineData("""{"specversion":"1.0","id":"i","source":"s","type":"t","subject":"","time":"2026-01-02T03:04:05Z"}""", "*subject must be*")]
    [InlineData("""{"specversion":"1.0","id":"i","source":"s","type":"t","subject":"x"}""", "*time must be*")]
    [InlineData("""{"specversion":"1.0","id":"i","source":"s","type":"t","subject":"x","time":"2026-01-02T03:04:05Z"} x""", "*")]
    public void What_is_no_event_is_refused_by_the_name_of_the_attribute(string envelope, string message) =>
        FluentActions.Invoking(() => DataEvent.Parse(Sample.Utf8(envelope))).Should().Throw<FormatException>().WithMessage(message);

    [Fact]
    public void An_envelope_that_is_no_UTF8_is_refused()
    {
        var envelope = Sample.Utf8(Sample.CloudEvent("\"data\":\"?\""));
        envelope[Array.LastIndexOf(envelope, (byte)'?')] = 0xFF;

        FluentActions.Invoking(() => DataEvent.Parse(envelope)).Should().Throw<FormatException>();
    }

    [Fact]
    public void A_published_envelope_is_the_stored_one_and_its_sequence() => Gens.Record.Sample(record => Array.ForEach(Sample.Events(record), stored =>
    {
        var published = DataEvent.Parse(stored.EnvelopeWith("18850000000000000007"));

        published.StreamSequence.Should().Be("18850000000000000007");
        Sample.Text(published.Envelope).Should().Be($"{Sample.Text(stored.Envelope)[..^1]},\"dtesequence\":\"18850000000000000007\"}}");
        published.Payload().Should().Equal(stored.Payload());
        published.ContentHash().Should().Be(stored.ContentHash());
    }));

    [Fact]
    public void An_envelope_with_white_space_around_it_takes_a_sequence_too() =>
        DataEvent.Parse(DataEvent.Parse(Sample.Utf8($" {Sample.CloudEvent()} \r\n")).EnvelopeWith("7")).StreamSequence.Should().Be("7");

    [Fact]
    public void A_published_envelope_keeps_its_first_sequence()
    {
        var published = DataEvent.Parse(Sample.Event("[1]").EnvelopeWith("7"));

        Sample.Text(published.EnvelopeWith("8")).Should().Be(Sample.Text(published.Envelope));
    }

    [Fact]
    public void The_content_hash_is_of_type_and_payload_and_of_nothing_else()
    {
        var sent = Sample.Event(Sample.CloudEvent());
        var sentAgain = new RecordReader(Sample.Catalog).Read(Sample.Utf8(Sample.CloudEvent()), Sample.Arrival.AddDays(1), Sample.TraceParent).Single().Inline();

        sentAgain.ContentHash().Should().Be(sent.ContentHash()).And.HaveLength(43);
        Sample.Event(Sample.CloudEvent(id: "e-2").Replace("cart-7", "cart-8", StringComparison.Ordinal)).ContentHash().Should().Be(sent.ContentHash());
        Sample.Event(Sample.CloudEvent().Replace("/shop", "/shop2", StringComparison.Ordinal)).ContentHash().Should().Be(sent.ContentHash());
        string[] others =
        [
            Sample.CloudEvent("\"data\":{\"a\":2}"),
            Sample.CloudEvent(""),
            Sample.CloudEvent().Replace("shop.sold", "shop.sold.v2", StringComparison.Ordinal),
            Sample.CloudEvent().Replace("shop.sold", $"/{new string('é', 2_000)}", StringComparison.Ordinal),
            Sample.CloudEvent().Replace("shop.sold", $"/{new string('é', 1_999)}", StringComparison.Ordinal),
        ];
        others.Select(other => Sample.Event(other).ContentHash()).Append(sent.ContentHash()).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void The_content_hash_is_the_same_with_the_payload_inline_and_behind_a_reference() => Gens.Record.Sample(record =>
    {
        foreach (var read in new RecordReader(Sample.Catalog).Read(record, Sample.Arrival))
        {
            if (read.HasEnvelope && read.Inline() is var inline && inline.Payload() is { Length: > 0 } payload)
            {
                var referring = read.Referring($"s3://bucket/payloads/00/{PayloadName.Of(payload)}");

                referring.ContentHash().Should().Be(inline.ContentHash());
                DataEvent.Parse(referring.Envelope).ContentHash().Should().Be(inline.ContentHash());
            }
        }
    });

    [Fact]
    public void An_item_of_an_earlier_version_is_still_known_by_its_hash()
    {
        const string record = "text";
        var sent = Sample.Event(record);
        var standing = SHA256.HashData([.. SHA256.HashData(Sample.Utf8($"\"{record}\"")), .. Sample.Utf8(sent.Type)]);

        sent.HasContentHash(System.Buffers.Text.Base64Url.EncodeToString(standing)).Should().BeTrue();
        sent.HasContentHash(sent.ContentHash()).Should().BeTrue();
        sent.HasContentHash(Sample.Event("other").ContentHash()).Should().BeFalse();
        sent.HasContentHash(null).Should().BeFalse();
    }

    [Fact]
    public void An_event_without_a_subject_is_read_in_the_stream_that_it_was_written_for() => Gen.Select(AttributeText, AttributeText.Select(Uri.EscapeDataString)).Sample((id, source) =>
    {
        var sent = Sample.Event($$"""{"specversion":"1.0","id":{{JsonSerializer.Serialize(id)}},"source":{{JsonSerializer.Serialize(source)}},"type":"t","data":1}""");

        DataEvent.Parse(sent.Envelope).Stream.Should().Be(sent.Stream);
        (sent.Id.Value, sent.Source).Should().Be((id, source));
        sent.Stream.Value.Should().MatchRegex("^no-subject-[0-9]{1,3}$");
    });

    private static readonly Gen<string> AttributeText = Gens.Unicode.Select(static text => "a" + string.Concat(text.EnumerateRunes().Select(static rune => rune.ToString()).Where(EventId.IsValid)));

    private static byte[] Envelope(byte[] record) => Sample.Events(record) is [var first, ..] ? first.Envelope.ToArray() : [(byte)'{'];

    private static void ShouldReadBack(DataEvent written)
    {
        var envelope = written.Envelope.Span;
        (envelope.Contains((byte)'\n') || envelope.Contains((byte)'\r')).Should().BeFalse();
        Utf8.IsValid(envelope).Should().BeTrue();
        using var document = JsonDocument.Parse(written.Envelope, new JsonDocumentOptions { MaxDepth = 1_000 });
        document.RootElement.EnumerateObject().Select(member => member.Name).Should().OnlyHaveUniqueItems();

        var read = DataEvent.Parse(written.Envelope);
        (read.Id, read.Source, read.Type, read.Stream, read.Time).Should().Be((written.Id, written.Source, written.Type, written.Stream, written.Time));
        (read.ContentType, read.TraceParent, read.AcceptedAt, read.DataRef).Should().Be((written.ContentType, written.TraceParent, written.AcceptedAt, written.DataRef));
        (read.StreamSequence, read.Content, read.FirstStands, read.Key).Should().Be((written.StreamSequence, written.Content, written.FirstStands, written.Key));
        read.ContentHash().Should().Be(written.ContentHash());
        read.Payload().Should().Equal(written.Payload());
    }
}
