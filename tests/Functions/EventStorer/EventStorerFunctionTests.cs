using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;
using DataToEvents.Application.EventStorer;
using DataToEvents.Domain;
using DataToEvents.Emulator.Lambda;
using DataToEvents.Functions.EventStorer;
using Microsoft.Extensions.DependencyInjection;

namespace DataToEvents.Functions.Tests.EventStorer;

public sealed class EventStorerFunctionTests
{
    private readonly Store _store = new();

    [Fact]
    public async Task An_event_of_another_service_is_an_error_that_says_so()
    {
        (await Storer().ErrorAsync("""{"records":[{"recordId":"1"}]}""")).Message.Should().Contain("no messageId");
        (await Storer().ErrorAsync("""{"detail":{}}""")).Message.Should().Contain("no Records");
        (await Storer().ErrorAsync("""{"Records":[{"messageId":"m","body":"{}","attributes":{}}]}""")).Message.Should().Contain("MessageGroupId");
        _store.Stored.Should().BeEmpty();
    }

    [Fact]
    public async Task The_storer_names_the_message_that_was_not_stored_and_no_other()
    {
        _store.Refused = "e2";

        var answer = await Storer().WithAsync($$"""{"Records":[{{Message("m1", "e1", "a")}},{{Message("m2", "e2", "b")}}]}""");

        answer.GetProperty("batchItemFailures").EnumerateArray().Select(failure => failure.GetProperty("itemIdentifier").GetString()).Should().Equal("m2");
        _store.Stored.Should().Equal("e1");
    }

    [Fact]
    public async Task The_storer_stores_each_envelope_as_it_was_escaped_in_the_event()
    {
        _store.Refused = "refused";
        var batch = $$$"""
            {"unknown":{"a":[1,{}]},"Records":[{{{Message("m1", "e1", "a")}}},{"messageAttributes":{"x":{"stringValue":"y"}},"messageId":"m \"é\"","md5OfBody":null,
              "attributes":{"SequenceNumber":"\u0032","ApproximateReceiveCount":"1","MessageGroupId":"Ström"},
              "body":"{ \"specversion\":\"1.0\",\"id\":\"e\u0032\\u00e9\",\"source\":\"urn:\/test\",\n\"type\":\"t\",\"subject\":\"Str\u00f6m 😀 \uD83D\uDE00\",\"time\":\"2026-11-24T12:00:00Z\",\"data\":[\"\\\"\\\\\",\t1] }"},
             {{{Message("m3", "refused", "b")}}},{"messageId":"m4","body":"no event","attributes":{"MessageGroupId":"c","SequenceNumber":"3"}}]}
            """;

        var answer = await Storer().WithAsync(batch);

        answer.GetRawText().Should().Contain("m3").And.NotContainAny("m1", "m4");
        _store.DeadLetters.Should().Equal("m4");
        _store.Envelopes.Should().HaveCount(2);
        _store.Envelopes[1].Should().StartWith("2 Ström 😀 😀 ").And.Contain("\"id\":\"e2\\u00e9\"").And.Contain("\"data\":[\"\\\"\\\\\",\t1]");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"Records\":[1]}")]
    [InlineData("{\"Records\":[{\"messageId\":1}]}")]
    [InlineData("{\"Records\":[]} {}")]
    public async Task What_is_not_of_an_events_form_is_an_error(string json)
    {
        (await Storer().ErrorAsync(json)).Should().NotBeNull();
    }

    private static string Message(string id, string eventId, string stream) => $$"""
        {"messageId":"{{id}}","eventSource":"aws:sqs","attributes":{"MessageGroupId":"{{stream}}","SequenceNumber":"1"},
         "body":"{\"specversion\":\"1.0\",\"id\":\"{{eventId}}\",\"source\":\"urn:test\",\"type\":\"t\",\"subject\":\"{{stream}}\",\"time\":\"2026-11-24T12:00:00Z\",\"data\":1}"}
        """;

    private InProcessFunction Storer()
    {
        var services = new ServiceCollection().AddEventStorer(new EventStorerOptions()).AddSingleton<IEventStore>(_store).AddSingleton<IQuarantine>(_store).AddSingleton<IDeadLetters>(_store);
        return InProcessFunction.Create<SQSEvent, SQSBatchResponse>(
            new FunctionOptions("EventStorer") { Timeout = TimeSpan.FromSeconds(4) },
            services.BuildServiceProvider().GetRequiredService<EventStorerFunction>().Handle, new SourceGeneratorLambdaJsonSerializer<EventStorerJson>(), Invoked.Host);
    }

    /// <summary>Refuses events that contain a text, and stores the others.</summary>
    private sealed class Store : IEventStore, IQuarantine, IDeadLetters
    {
        public string Refused { get; set; } = "\0";

        public List<string> Stored { get; } = [];

        public List<string> Envelopes { get; } = [];

        public List<string> DeadLetters { get; } = [];

        public Task<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<EventToStore> batch, CancellationToken cancellationToken)
        {
            foreach (var item in batch.Where(item => Takes(item.Event)))
            {
                Stored.Add(item.Event.Id.Value);
                Envelopes.Add($"{item.Sequence} {item.Event.Stream} {Encoding.UTF8.GetString(item.Event.Envelope.Span)}");
            }

            return Task.FromResult<IReadOnlyList<AppendOutcome>>(
                [.. batch.Select(item => Takes(item.Event) ? new AppendOutcome(AppendKind.Stored) : new AppendOutcome(AppendKind.Refused, "told to"))]);
        }

        public Task PutAsync(DataEvent conflicting, string sequence, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task PutAsync(ArrivedMessage message, CancellationToken cancellationToken)
        {
            DeadLetters.Add(message.MessageId);
            return Task.CompletedTask;
        }

        private bool Takes(DataEvent item) => !Encoding.UTF8.GetString(item.Envelope.Span).Contains(Refused, StringComparison.Ordinal);
    }
}
