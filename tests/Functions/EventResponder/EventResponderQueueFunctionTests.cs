using Amazon.Lambda.SQSEvents;
using DataToEvents.Application.EventResponder;
using DataToEvents.Domain;
using DataToEvents.Emulator.Lambda;
using DataToEvents.Functions.EventResponder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DataToEvents.Functions.Tests.EventResponder;

/// <summary>The EventResponder behind a queue.</summary>
public sealed class EventResponderQueueFunctionTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly FailingView _view = new();

    [Fact]
    public async Task A_batch_brings_each_event_into_the_view_byte_for_byte_and_each_stream_in_its_order()
    {
        var answer = await Responder().WithAsync(Batch(Body("a", 1), Body("b", 1), Body("a", 2), Body("a", 3)));

        Failures(answer).Should().BeEmpty();
        _view.Applied.Where(envelope => envelope.Contains("\"a\"", StringComparison.Ordinal)).Should().Equal(Envelope("a", 1), Envelope("a", 2), Envelope("a", 3));
        _view.Applied.Should().Contain(Envelope("b", 1)).And.HaveCount(4);
    }

    [Theory]
    [InlineData("this is no JSON")]
    [InlineData("[]")]
    [InlineData("""{"detail-type":"DataInserted"}""")]
    [InlineData("""{"detail":{"specversion":"1.0"}}""")]
    public async Task A_message_that_is_no_event_of_ours_is_delivered_again_and_harms_no_other(string body)
    {
        var answer = await Responder().WithAsync(Batch(Body("a", 1), body, Body("b", 1)));

        Failures(answer).Should().Equal("m-1");
        _view.Applied.Should().HaveCount(2);
    }

    [Fact]
    public async Task Events_that_the_view_does_not_take_are_delivered_again_and_the_others_are_not()
    {
        _view.Fails = item => item.Stream.Value == "b";

        var answer = await Responder().WithAsync(Batch(Body("a", 1), Body("b", 1), Body("a", 2), Body("b", 2)));

        Failures(answer).Should().BeEquivalentTo("m-1", "m-3");
        _view.Applied.Should().Equal(Envelope("a", 1), Envelope("a", 2));
    }

    [Fact]
    public async Task What_is_not_taken_within_the_functions_time_is_delivered_again()
    {
        _view.Hangs = item => item.Stream.Value == "b";
        var invocation = Responder().WithAsync(Batch(Body("b", 1), Body("b", 2), Body("a", 1)));

        await _view.Hung;
        _clock.Advance(TimeSpan.FromSeconds(9));

        Failures(await invocation).Should().BeEquivalentTo("m-0", "m-1");
        _view.Applied.Should().Equal(Envelope("a", 1));
    }

    [Fact]
    public async Task A_replay_is_ignored_and_not_delivered_again()
    {
        var answer = await Responder().WithAsync(Batch(Body("a", 1, """ "replay-name":"again", """)));

        Failures(answer).Should().BeEmpty();
        _view.Applied.Should().BeEmpty();
    }

    private InProcessFunction Responder() => InProcessFunction.Create<SQSEvent, SQSBatchResponse>(
        new FunctionOptions("EventResponder") { Timeout = TimeSpan.FromSeconds(10) },
        new ServiceCollection().AddSingleton<TimeProvider>(_clock).AddEventResponder(new ResponderOptions()).AddSingleton<IStreamView>(_view).BuildServiceProvider()
            .GetRequiredService<EventResponderQueueFunction>().RespondToBatch,
        new EventResponderSerializer(),
        new FunctionHost(_clock, new Random(1), new SilentLog()));

    private static string Envelope(string stream, int number) =>
        $$"""{"specversion":"1.0","id":"{{stream}}{{number}}","source":"urn:test","type":"t","subject":"{{stream}}","time":"2026-11-24T12:00:00Z","dtesequence":"{{number}}","data":1.0}""";

    private static string Body(string stream, int number, string extra = "") =>
        $$"""{"version":"0",{{extra}}"detail-type":"DataInserted","source":"datatoevents.insert","detail":{{Envelope(stream, number)}}}""";

    /// <summary>As SQS hands them over: messages m-0, m-1, …</summary>
    private static string Batch(params string[] bodies) => JsonSerializer.Serialize(new
    {
        Records = bodies.Select((body, number) => new { messageId = $"m-{number}", body, eventSource = "aws:sqs" }),
    });

    private static IEnumerable<string> Failures(JsonElement answer) =>
        answer.GetProperty("batchItemFailures").EnumerateArray().Select(failure => failure.GetProperty("itemIdentifier").GetString()!);

    private sealed class FailingView : IStreamView
    {
        private readonly TaskCompletionSource _hung = new();

        public List<string> Applied { get; } = [];

        public Predicate<DataEvent> Fails { get; set; } = _ => false;

        public Predicate<DataEvent> Hangs { get; set; } = _ => false;

        public Task Hung => _hung.Task;

        public async Task<bool> ApplyAsync(DataEvent received, string sequence, CancellationToken cancellationToken)
        {
            if (Fails(received))
            {
                throw new IOException("made by a test");
            }

            if (Hangs(received))
            {
                _hung.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            }

            Applied.Add(Encoding.UTF8.GetString(received.Envelope.Span));
            return true;
        }

        public Task<ViewSummary> SummaryAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<StreamSummary?> StreamAsync(StreamId stream, CancellationToken cancellationToken) => throw new NotSupportedException();

        public IAsyncEnumerable<ListedEvent> EventsAsync(string? type, string? before, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
