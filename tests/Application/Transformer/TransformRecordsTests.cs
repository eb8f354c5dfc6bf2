using CsCheck;
using DataToEvents.Application.Lanes;
using DataToEvents.Application.Transformer;
using Microsoft.Extensions.Time.Testing;

namespace DataToEvents.Application.Tests.Transformer;

public sealed class TransformRecordsTests
{
    [Fact]
    public async Task A_record_is_ok_when_its_event_is_queued_and_its_line_is_the_envelope()
    {
        var queue = new FakeQueue();
        var verdicts = await Transform(queue, Example.Record("1", """{"s":"a","id":"x","n":1.0}"""));

        verdicts.Should().ContainSingle().Which.Result.Should().Be(RecordResult.Ok);
        var line = Encoding.UTF8.GetString(verdicts[0].Lines.Span);
        line.Should().EndWith("\n").And.Contain("""{"s":"a","id":"x","n":1.0}""");
        queue.Taken[0].Envelope.Span.SequenceEqual(verdicts[0].Lines.Span[..^1]).Should().BeTrue();
    }

    [Fact]
    public async Task The_catalog_may_drop_a_record() =>
        (await Transform(new FakeQueue(), Example.Record("1", """{"noise":1}""")))[0].Result.Should().Be(RecordResult.Dropped);

    [Fact]
    public async Task A_packed_record_is_ok_only_when_all_of_its_events_are_queued()
    {
        var queue = new FakeQueue(item => item.Stream.Value == "b" ? Attempt.Rejected("full") : Attempt.Done);
        var verdicts = await Transform(queue, Example.Record("1", "{\"s\":\"a\"}\n{\"s\":\"b\"}"), Example.Record("2", """{"s":"c"}"""));

        verdicts[0].Result.Should().Be(RecordResult.ProcessingFailed);
        verdicts[0].Reason.Should().Contain("full");
        verdicts[1].Result.Should().Be(RecordResult.Ok);
    }

    [Fact]
    public async Task A_payload_over_the_limit_is_checked_in_and_referred_to()
    {
        var (queue, payloads) = (new FakeQueue(), new FakePayloadStore());
        var big = $$"""{"s":"a","text":"{{new string('x', 2_000)}}"}""";
        var verdicts = await Transform(queue, payloads, Example.Record("1", big));

        verdicts[0].Result.Should().Be(RecordResult.Ok);
        queue.Taken[0].DataRef.Should().Be("payloads/1");
        Encoding.UTF8.GetString(payloads.Stored[0]).Should().Be(big);
    }

    [Fact]
    public async Task A_payload_that_cannot_be_checked_in_fails_its_record_and_holds_back_its_stream()
    {
        var queue = new FakeQueue();
        var big = $$"""{"s":"a","text":"{{new string('x', 2_000)}}"}""";
        var verdicts = await Transform(
            queue, new FakePayloadStore(new IOException("no bucket")), Example.Record("1", big), Example.Record("2", """{"s":"a"}"""), Example.Record("3", """{"s":"b"}"""));

        verdicts.Select(verdict => verdict.Result).Should().Equal(RecordResult.ProcessingFailed, RecordResult.ProcessingFailed, RecordResult.Ok);
        verdicts[0].Reason.Should().Contain("no bucket");
        queue.Taken.Should().ContainSingle().Which.Stream.Value.Should().Be("b");
    }

    [Fact]
    public async Task What_does_not_fit_the_answer_fails_before_it_is_queued_and_the_rest_goes_on()
    {
        var queue = new FakeQueue();
        var records = Enumerable.Range(0, 60).Select(n => Example.Record($"{n}", $$"""{"s":"s{{n}}","text":"{{new string('x', 200_000)}}"}""")).ToArray();
        var verdicts = await Transform(queue, new FakePayloadStore(), 240_000, records);

        verdicts.Count(verdict => verdict.Result == RecordResult.Ok).Should().BeGreaterThan(15).And.Be(queue.Taken.Count);
        AnswerBytes(verdicts).Should().BeLessThan(6_200_000);
    }

    [Fact]
    public void Every_record_is_answered_exactly_once_in_order_and_order_per_stream_survives_any_failures() =>
        Gen.Select(Gen.Int[0, 4].Array[1, 40], Gen.Int[0, 1_000_000]).Sample(work =>
        {
            var (streams, seed) = work;
            var random = new Random(seed);
            var queue = new FakeQueue(_ =>
            {
                lock (random)
                {
                    return random.Next(5) switch { 0 => Attempt.Retry("throttled"), 1 => Attempt.Rejected("no"), _ => Attempt.Done };
                }
            });
            var records = streams.Select((stream, n) => Example.Record($"r{n}", $$"""{"s":"{{stream}}","id":"{{n}}"}""")).ToArray();
            var verdicts = Transform(queue, records).GetAwaiter().GetResult();

            verdicts.Select(verdict => verdict.RecordId).Should().Equal(records.Select(record => record.RecordId));
            queue.SawTwoOfAStreamInACall.Should().BeFalse();
            foreach (var stream in queue.Taken.GroupBy(item => item.Stream))
            {
                stream.Select(item => int.Parse(item.Id.Value, null)).Should().BeInAscendingOrder();
            }

            queue.Taken.Select(item => int.Parse(item.Id.Value, null)).Order().Should().Equal(
                verdicts.Select((verdict, n) => (verdict, n)).Where(pair => pair.verdict.Result == RecordResult.Ok).Select(pair => pair.n));
        });

    [Fact]
    public void The_same_batch_twice_gives_the_same_ids() => Gen.Byte.Array[0, 30].Array[1, 10].Sample(contents =>
    {
        var records = contents.Select((content, n) => new ArrivedRecord($"{n}", Example.Arrival, content)).ToArray();
        var (first, second) = (new FakeQueue(), new FakeQueue());
        Transform(first, records).GetAwaiter().GetResult();
        Transform(second, records).GetAwaiter().GetResult();

        first.Taken.Select(item => item.Id.Value).Order().Should().Equal(second.Taken.Select(item => item.Id.Value).Order());
        first.Taken.Select(item => (item.Stream, item.Id)).Should().OnlyHaveUniqueItems();
    });

    [Fact]
    public async Task Poison_holds_back_nobody_and_what_may_come_back_holds_back_its_stream()
    {
        var poison = Example.Record("poison", $$"""{"specversion":"1.0","id":"1","source":"s","type":"t","subject":"a","much":"{{new string('x', 1_000)}}","data":1}""");
        var big = Example.Record("big", $$"""{"s":"a","id":"2","text":"{{new string('x', 1_000)}}"}""");
        var behind = Example.Record("behind", """{"s":"a","id":"3"}""");

        var afterPoison = await Transform(new FakeQueue(), poison, behind);
        var afterFailure = await Transform(new FakeQueue(), new FakePayloadStore(new IOException("no bucket")), big, behind);

        afterPoison.Select(verdict => verdict.Result).Should().Equal(RecordResult.ProcessingFailed, RecordResult.Ok);
        afterFailure.Select(verdict => verdict.Result).Should().Equal(RecordResult.ProcessingFailed, RecordResult.ProcessingFailed);
    }

    [Fact]
    public async Task A_payload_store_that_hangs_takes_half_of_the_budget_and_harms_no_other_record()
    {
        var time = new FakeTimeProvider();
        var queue = new FakeQueue();
        var lanes = Example.Lanes(time: time);
        var transform = new TransformRecords(Example.Catalog, queue, new HangingPayloadStore(), lanes, new TransformerOptions(1_000));

        var transforming = transform.ExecuteAsync(
            [Example.Record("big", $$"""{"s":"a","text":"{{new string('x', 2_000)}}"}"""), Example.Record("small", """{"s":"b"}""")], null, Example.Budget, arena: null, CancellationToken.None);
        time.Advance(Example.Budget / 2);
        var verdicts = (await transforming).Verdicts;

        verdicts.Select(verdict => verdict.Result).Should().Equal(RecordResult.ProcessingFailed, RecordResult.Ok);
        verdicts[0].Reason.Should().Contain("payload could not be stored");
    }

    private static int AnswerBytes(IEnumerable<RecordVerdict> verdicts) => verdicts.Sum(verdict => 60 + verdict.RecordId.Length + (verdict.Lines.Length + 2) / 3 * 4);

    private static Task<IReadOnlyList<RecordVerdict>> Transform(IEventQueue queue, params ArrivedRecord[] records) =>
        Transform(queue, new FakePayloadStore(), 1_000, records);

    private static Task<IReadOnlyList<RecordVerdict>> Transform(IEventQueue queue, IPayloadStore payloads, params ArrivedRecord[] records) =>
        Transform(queue, payloads, 1_000, records);

    private static async Task<IReadOnlyList<RecordVerdict>> Transform(IEventQueue queue, IPayloadStore payloads, int inlineLimit, params ArrivedRecord[] records) =>
        (await new TransformRecords(Example.Catalog, queue, payloads, Example.Lanes(), new TransformerOptions(inlineLimit))
            .ExecuteAsync(records, null, Example.Budget, arena: null, CancellationToken.None)).Verdicts;
}
