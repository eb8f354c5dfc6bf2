using Amazon.Lambda.Core;
using Amazon.Lambda.KinesisFirehoseEvents;
using Amazon.Lambda.Serialization.SystemTextJson;
using DataToEvents.Application.Lanes;
using DataToEvents.Application.Transformer;
using DataToEvents.Domain;
using DataToEvents.Domain.Catalog;
using DataToEvents.Emulator.Lambda;
using DataToEvents.Functions.Transformer;
using Microsoft.Extensions.DependencyInjection;

namespace DataToEvents.Functions.Tests.Transformer;

public sealed partial class TransformerFunctionTests
{
    private static readonly EventCatalog Catalog = EventCatalog.Parse("""{"source":"urn:test","unclassified":{"type":"data.unclassified","shards":1},"events":[]}"""u8.ToArray());

    private readonly Queue _queue = new();

    [Fact]
    public async Task The_transformer_answers_every_record_and_only_a_queued_one_is_ok()
    {
        _queue.Refused = "poison";

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
        _queue.Taken.Should().BeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"records\":[1]}")]
    [InlineData("{\"records\":[{\"messageId\":1}]}")]
    [InlineData("{\"records\":[]} {}")]
    public async Task What_is_not_of_an_events_form_is_an_error_whoever_reads_it(string json)
    {
        (await Transformer().ErrorAsync(json)).Should().NotBeNull();
        (await Transformer(new SourceGeneratorLambdaJsonSerializer<TransformerJson>()).ErrorAsync(json)).Should().NotBeNull();
    }

    /// <summary>Without the trace, which differs in each invocation.</summary>
    private static string[] Answers(JsonElement answer) => [.. answer.GetProperty("records").EnumerateArray().Select(record =>
        $"{record.GetProperty("recordId")} {record.GetProperty("result")} {Trace().Replace(Encoding.UTF8.GetString(record.GetProperty("data").GetBytesFromBase64()), "")}")];

    [GeneratedRegex(",\"traceparent\":\"[^\"]+\"")]
    private static partial Regex Trace();

    private static string Record(string id, string text) =>
        $$"""{"recordId":"{{id}}","approximateArrivalTimestamp":1750000000000,"data":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}}"}""";

    private InProcessFunction Transformer() => Transformer(new FirehoseSerializer());

    private InProcessFunction Transformer(ILambdaSerializer serializer)
    {
        var services = new ServiceCollection().AddTransformer(Catalog, new TransformerOptions()).AddSingleton<IEventQueue>(_queue).AddSingleton<IPayloadStore>(_queue);
        return InProcessFunction.Create<KinesisFirehoseEvent, KinesisFirehoseResponse>(
            new FunctionOptions("Transformer") { Timeout = TimeSpan.FromSeconds(4) },
            services.BuildServiceProvider().GetRequiredService<TransformerFunction>().Handle, serializer, Invoked.Host);
    }

    /// <summary>Refuses events that contain a text, and takes the others.</summary>
    private sealed class Queue : IEventQueue, IPayloadStore
    {
        public string Refused { get; set; } = "\0";

        public List<DataEvent> Taken { get; } = [];

        public Task<IReadOnlyList<Attempt>> SendAsync(IReadOnlyList<DataEvent> batch, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<Attempt>>([.. batch.Select(Take)]);

        public Task<string> PutAsync(ReadOnlyMemory<byte> payload, string? contentType, CancellationToken cancellationToken) => throw new NotSupportedException();

        private Attempt Take(DataEvent sent)
        {
            if (Encoding.UTF8.GetString(sent.Envelope.Span).Contains(Refused, StringComparison.Ordinal))
            {
                return Attempt.Rejected("told to");
            }

            Taken.Add(sent);
            return Attempt.Done;
        }
    }
}
