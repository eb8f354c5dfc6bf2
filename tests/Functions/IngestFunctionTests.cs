using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Amazon.Lambda.Core;
using Amazon.Lambda.KinesisFirehoseEvents;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;
using DataToEvents.Application.EventStorer;
using DataToEvents.Application.Lanes;
using DataToEvents.Application.Transformer;
using DataToEvents.Domain;
using DataToEvents.Domain.Catalog;
using DataToEvents.Emulator.Lambda;
using DataToEvents.Functions.EventStorer;
using DataToEvents.Functions.Transformer;
using Microsoft.Extensions.DependencyInjection;
using StorerJson = DataToEvents.Functions.EventStorer.FunctionJson;
using TransformerJson = DataToEvents.Functions.Transformer.FunctionJson;

namespace DataToEvents.Functions.Tests;

public sealed partial class IngestFunctionTests
{
    private static readonly EventCatalog Catalog = EventCatalog.Parse("""{"source":"urn:test","unclassified":{"type":"data.unclassified","shards":1},"events":[]}"""u8.ToArray());

    private readonly Ports _ports = new();

    [Fact]
    public async Task The_transformer_answers_every_record_and_only_a_queued_one_is_ok()
    {
        _ports.Refused = "poison";

        var answer = await Transformer().WithAsync($$"""{"invocationId":"i","deliveryStreamArn":"arn","region":"r","records":[{{Record("1", "good")}},{{Record("2", "poison")}}]}""");

        answer.GetProperty("records").EnumerateArray().Select(record => (record.GetProperty("recordId").GetString(), record.GetProperty("result").GetString()))
            .Should().Equal(("1", "Ok"), ("2", "ProcessingFailed"));
        answer.GetProperty("records").EnumerateArray().Select(record => record.TryGetProperty("data", out _)).Should().Equal(true, false);
    }

    [Fact]
    public async Task The_transformer_answers_the_same_whether_Amazons_serializer_reads_for_it_or_its_own()
    {
        var batch = $$"""
            {"invocationId":"i","deliveryStreamArn":"arn","region":"r","unknown":{"a":[1,{}]},"records":[{{Record("1", "José\n{}")}},{{Record("2", "")}},
             {"data":"\u002B\/\u002B\/","kinesisRecordMetadata":{"shardId":"s"},"approximateArrivalTimestamp":1750000000000,"recordId":"3 \"é\""}]}
            """;

        var own = await Transformer().WithAsync(batch);
        var amazons = await Transformer(new SourceGeneratorLambdaJsonSerializer<TransformerJson>()).WithAsync(batch);

        Answers(own).Should().HaveCount(3).And.Equal(Answers(amazons));
    }

    [Fact]
    public async Task An_empty_batch_is_no_error() =>
        (await Transformer().WithAsync("""{"invocationId":"i","records":[]}""")).GetProperty("records").GetArrayLength().Should().Be(0);

    [Fact]
    public async Task An_event_of_another_service_is_an_error_that_says_so()
    {
        (await Transformer().ErrorAsync("""{"Records":[{"messageId":"m","eventSource":"aws:sqs"}]}""")).Message.Should().Contain("no recordId");
        (await Transformer().ErrorAsync("""{"records":[{"recordId":"1"}]}""")).Message.Should().Contain("Record 1 has no data");
        (await Transformer().ErrorAsync("""{"detail":{}}""")).Message.Should().Contain("no records");
        (await Storer().ErrorAsync("""{"records":[{"recordId":"1"}]}""")).Message.Should().Contain("no messageId");
        (await Storer().ErrorAsync("""{"detail":{}}""")).Message.Should().Contain("no Records");
        (await Storer().ErrorAsync("""{"Records":[{"messageId":"m","body":"{}","attributes":{}}]}""")).Message.Should().Contain("MessageGroupId");
        _ports.Stored.Should().BeEmpty();
    }

    [Fact]
    public async Task The_storer_names_the_message_that_was_not_stored_and_no_other()
    {
        _ports.Refused = "e2";

        var answer = await Storer().WithAsync($$"""{"Records":[{{Message("m1", "e1", "a")}},{{Message("m2", "e2", "b")}}]}""");

        answer.GetProperty("batchItemFailures").EnumerateArray().Select(failure => failure.GetProperty("itemIdentifier").GetString()).Should().Equal("m2");
        _ports.Stored.Should().Equal("e1");
    }

    [Fact]
    public async Task The_storer_stores_each_envelope_as_it_was_escaped_in_the_event()
    {
        _ports.Refused = "refused";
        var batch = $$$"""
            {"unknown":{"a":[1,{}]},"Records":[{{{Message("m1", "e1", "a")}}},{"messageAttributes":{"x":{"stringValue":"y"}},"messageId":"m \"é\"","md5OfBody":null,
              "attributes":{"SequenceNumber":"\u0032","ApproximateReceiveCount":"1","MessageGroupId":"Ström"},
              "body":"{ \"specversion\":\"1.0\",\"id\":\"e\u0032\\u00e9\",\"source\":\"urn:\/test\",\n\"type\":\"t\",\"subject\":\"Str\u00f6m 😀 \uD83D\uDE00\",\"time\":\"2026-11-24T12:00:00Z\",\"data\":[\"\\\"\\\\\",\t1] }"},
             {{{Message("m3", "refused", "b")}}},{"messageId":"m4","body":"no event","attributes":{"MessageGroupId":"c","SequenceNumber":"3"}}]}
            """;

        var answer = await Storer().WithAsync(batch);

        answer.GetRawText().Should().ContainAll("m3", "m4").And.NotContain("m1");
        _ports.Envelopes.Should().HaveCount(2);
        _ports.Envelopes[1].Should().StartWith("2 Ström 😀 😀 ").And.Contain("\"id\":\"e2\\u00e9\"").And.Contain("\"data\":[\"\\\"\\\\\",\t1]");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"Records\":[1]}")]
    [InlineData("{\"Records\":[{\"messageId\":1}]}")]
    [InlineData("{\"Records\":[]} {}")]
    public async Task What_is_not_of_an_events_form_is_an_error_whoever_reads_it(string json)
    {
        (await Storer().ErrorAsync(json)).Should().NotBeNull();
        (await Transformer().ErrorAsync(json.Replace("Records", "records", StringComparison.Ordinal))).Should().NotBeNull();
        (await Transformer(new SourceGeneratorLambdaJsonSerializer<TransformerJson>()).ErrorAsync(json.Replace("Records", "records", StringComparison.Ordinal))).Should().NotBeNull();
    }

    /// <summary>But for the trace, which is each invocation's own.</summary>
    private static string[] Answers(JsonElement answer) => [.. answer.GetProperty("records").EnumerateArray().Select(record =>
        $"{record.GetProperty("recordId")} {record.GetProperty("result")} {Trace().Replace(Encoding.UTF8.GetString(record.GetProperty("data").GetBytesFromBase64()), "")}")];

    [GeneratedRegex(",\"traceparent\":\"[^\"]+\"")]
    private static partial Regex Trace();

    private static string Record(string id, string text) =>
        $$"""{"recordId":"{{id}}","approximateArrivalTimestamp":1750000000000,"data":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}}"}""";

    private static string Message(string id, string eventId, string stream) => $$"""
        {"messageId":"{{id}}","eventSource":"aws:sqs","attributes":{"MessageGroupId":"{{stream}}","SequenceNumber":"1"},
         "body":"{\"specversion\":\"1.0\",\"id\":\"{{eventId}}\",\"source\":\"urn:test\",\"type\":\"t\",\"subject\":\"{{stream}}\",\"time\":\"2026-11-24T12:00:00Z\",\"data\":1}"}
        """;

    private InProcessFunction Transformer() => Transformer(new FirehoseSerializer());

    private InProcessFunction Transformer(ILambdaSerializer serializer)
    {
        var services = new ServiceCollection().AddTransformer(Catalog, new TransformerOptions()).AddSingleton<IEventQueue>(_ports).AddSingleton<IPayloadStore>(_ports);
        return InProcessFunction.Create<KinesisFirehoseEvent, KinesisFirehoseResponse>(
            new FunctionOptions("Transformer") { Timeout = TimeSpan.FromSeconds(4) },
            services.BuildServiceProvider().GetRequiredService<Transformer.Function>().Handle, serializer, Invoked.Host);
    }

    private InProcessFunction Storer()
    {
        var services = new ServiceCollection().AddEventStorer(new EventStorerOptions()).AddSingleton<IEventStore>(_ports).AddSingleton<IQuarantine>(_ports);
        return InProcessFunction.Create<SQSEvent, SQSBatchResponse>(
            new FunctionOptions("EventStorer") { Timeout = TimeSpan.FromSeconds(4) },
            services.BuildServiceProvider().GetRequiredService<EventStorer.Function>().Handle, new SourceGeneratorLambdaJsonSerializer<StorerJson>(), Invoked.Host);
    }

    /// <summary>Refuses what holds a text; takes the rest.</summary>
    private sealed class Ports : IEventQueue, IPayloadStore, IEventStore, IQuarantine
    {
        public string Refused { get; set; } = "\0";

        public List<string> Stored { get; } = [];

        public List<string> Envelopes { get; } = [];

        public Task<IReadOnlyList<Attempt>> SendAsync(IReadOnlyList<DataEvent> batch, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<Attempt>>([.. batch.Select(sent => Takes(sent) ? Attempt.Done : Attempt.Rejected("told to"))]);

        public Task<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<EventToStore> batch, CancellationToken cancellationToken)
        {
            foreach (var item in batch.Where(item => Takes(item.Event)))
            {
                Stored.Add(item.Event.Id.Value);
                Envelopes.Add($"{item.Sequence} {item.Event.Stream} {Encoding.UTF8.GetString(item.Event.Envelope.Span)}");
            }

            return Task.FromResult<IReadOnlyList<AppendOutcome>>(
                [.. batch.Select(item => Takes(item.Event) ? new AppendOutcome(AppendKind.Stored) : new AppendOutcome(AppendKind.Failed, "told to"))]);
        }

        public Task<string> PutAsync(ReadOnlyMemory<byte> payload, string? contentType, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task PutAsync(DataEvent conflicting, string sequence, CancellationToken cancellationToken) => throw new NotSupportedException();

        private bool Takes(DataEvent item) => !Encoding.UTF8.GetString(item.Envelope.Span).Contains(Refused, StringComparison.Ordinal);
    }
}
