using DataToEvents.Application.Lanes;
using DataToEvents.Application.Transformer;
using DataToEvents.Domain;
using Microsoft.Extensions.Time.Testing;

namespace DataToEvents.Application.Tests.Transformer;

/// <summary>The Transformer's limits of bytes and time, tested exactly at each limit.</summary>
public sealed class TransformLimitsTests
{
    private static readonly string Big = $$"""{"s":"a","id":"1","text":"{{new string('x', 2_000)}}"}""";

    [Fact]
    public async Task An_envelope_of_the_inline_limit_keeps_its_payload_and_one_of_a_byte_more_does_not()
    {
        var inline = (await Queued(int.MaxValue)).Envelope.Length;

        (await Queued(inline)).DataRef.Should().BeNull();
        (await Queued(inline - 1)).DataRef.Should().Be("payloads/1");
    }

    [Fact]
    public async Task An_envelope_without_its_payload_may_have_the_limit_too_and_a_byte_more_is_refused()
    {
        var referring = (await Queued(1_000)).Envelope.Length;

        (await Queued(referring)).DataRef.Should().Be("payloads/1");

        var (queue, refused) = (new FakeQueue(), new TransformerOptions(referring - 1));
        var verdict = (await Transform(queue, refused, Example.Record("1", Big)))[0];
        verdict.Reason.Should().Be($"an envelope of {referring} bytes, without its payload, is over the limit of {referring - 1}");
        verdict.Event!.Id.Should().Be("1");
        queue.Taken.Should().BeEmpty();
    }

    [Fact]
    public async Task A_record_that_outgrows_the_answer_is_not_read_to_its_end()
    {
        var record = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("[]\n", 200_000)));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var transforming = Transform(new FakeQueue(), new TransformerOptions(), new ArrivedRecord("1", Example.Arrival, record));

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(100_000_000, "all of its events would be some 200 MB");
        (await transforming)[0].Reason.Should().Be("its events do not fit an answer of 6200000 bytes");
    }

    [Fact]
    public async Task The_queue_has_what_payloads_leave_of_the_budget()
    {
        var time = new FakeTimeProvider();
        var queue = new HangingQueue();
        var transforming = Transform(queue, new HangingPayloadStore(), time, Example.Budget, Example.Record("1", Big), Example.Record("2", """{"s":"b"}"""));

        time.Advance(Example.Budget / 2);
        var call = await queue.Called;
        time.Advance((Example.Budget / 2) - TimeSpan.FromTicks(TimeSpan.TicksPerMillisecond));
        call.IsCancellationRequested.Should().BeFalse();
        time.Advance(TimeSpan.FromTicks(TimeSpan.TicksPerMillisecond));
        call.IsCancellationRequested.Should().BeTrue();

        (await transforming).Select(verdict => verdict.Result).Should().Equal(RecordResult.ProcessingFailed, RecordResult.ProcessingFailed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    [InlineData(-5_000)]
    public async Task Without_time_left_every_record_fails_and_nothing_is_called(int milliseconds)
    {
        var queue = new FakeQueue();
        var verdicts = await Transform(
            queue, new HangingPayloadStore(), TimeProvider.System, TimeSpan.FromMilliseconds(milliseconds), Example.Record("1", Big), Example.Record("2", """{"s":"b"}"""));

        verdicts.Select(verdict => verdict.Result).Should().Equal(RecordResult.ProcessingFailed, RecordResult.ProcessingFailed);
        queue.Calls.Should().Be(0);
    }

    private static async Task<DataEvent> Queued(int inlineLimit)
    {
        var queue = new FakeQueue();
        await Transform(queue, new TransformerOptions(inlineLimit), Example.Record("1", Big));
        return queue.Taken.Should().ContainSingle().Subject;
    }

    private static async Task<IReadOnlyList<RecordVerdict>> Transform(IEventQueue queue, TransformerOptions options, ArrivedRecord record) =>
        (await new TransformRecords(Example.Catalog, queue, new FakePayloadStore(), Example.Lanes(), options).ExecuteAsync([record], null, Example.Budget, arena: null, CancellationToken.None)).Verdicts;

    private static async Task<IReadOnlyList<RecordVerdict>> Transform(IEventQueue queue, IPayloadStore payloads, TimeProvider time, TimeSpan budget, params ArrivedRecord[] records)
    {
        var transform = new TransformRecords(Example.Catalog, queue, payloads, Example.Lanes(time: time), new TransformerOptions(1_000));
        return (await transform.ExecuteAsync(records, null, budget, arena: null, CancellationToken.None)).Verdicts;
    }

    private sealed class HangingQueue : IEventQueue
    {
        private readonly TaskCompletionSource<CancellationToken> _called = new();

        public Task<CancellationToken> Called => _called.Task;

        public Task<IReadOnlyList<Attempt>> SendAsync(IReadOnlyList<DataEvent> batch, CancellationToken cancellationToken)
        {
            _called.SetResult(cancellationToken);
            return new TaskCompletionSource<IReadOnlyList<Attempt>>().Task.WaitAsync(cancellationToken);
        }
    }
}
