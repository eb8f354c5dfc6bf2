using System.IO.Compression;
using Amazon.Lambda.DynamoDBEvents;
using Amazon.Lambda.Serialization.SystemTextJson;
using DataToEvents.Application.IntegrationEventEmitter;
using DataToEvents.Application.Lanes;
using DataToEvents.Emulator.Lambda;
using DataToEvents.Functions.IntegrationEventEmitter;
using Microsoft.Extensions.DependencyInjection;

namespace DataToEvents.Functions.Tests.IntegrationEventEmitter;

public sealed class IntegrationEventEmitterFunctionTests
{
    private readonly Bus _bus = new();

    [Fact]
    public async Task Each_insert_is_published_with_its_place_in_the_stream()
    {
        var answer = await Emitter().WithAsync(Changes(Insert("11", "a", "e1"), Insert("12", "b", "e2")));

        answer.GetProperty("batchItemFailures").GetArrayLength().Should().Be(0);
        _bus.Published.Should().BeEquivalentTo(["DataInserted e1 a-seq-11", "DataInserted e2 b-seq-12"]);
    }

    [Fact]
    public async Task The_first_change_that_failed_is_where_the_stream_comes_again_from()
    {
        _bus.Refused = "e2";

        var answer = await Emitter().WithAsync(Changes(Insert("11", "a", "e1"), Insert("12", "b", "e2"), Insert("13", "c", "e3")));

        Failures(answer).Should().Equal("12");
    }

    [Fact]
    public async Task When_the_first_of_several_changes_fails_the_invocation_fails_so_that_Lambda_halves_the_batch()
    {
        _bus.Refused = "e1";

        var error = await Emitter().ErrorAsync(Changes(Insert("11", "a", "e1"), Insert("12", "b", "e2")));

        error.Message.Should().Be("The change 11 was not published: told to. It is the first of 2 changes: the invocation fails, so that Lambda halves the batch.");
    }

    [Fact]
    public async Task A_change_that_fails_alone_is_named_in_the_answer()
    {
        _bus.Refused = "e1";

        Failures(await Emitter().WithAsync(Changes(Insert("11", "a", "e1")))).Should().Equal("11");
    }

    [Fact]
    public async Task An_item_that_holds_no_envelope_is_the_checkpoint_and_harms_no_other_stream()
    {
        var answer = await Emitter().WithAsync(Changes(
            Insert("10", "c", "e0"),
            """{"eventID":"1","eventName":"INSERT","eventSourceARN":"arn:aws:dynamodb:r:1:table/t/stream/l","dynamodb":{"SequenceNumber":"11","Keys":{"pk":{"S":"a"}},"NewImage":{"pk":{"S":"a"}}}}""",
            Insert("12", "b", "e2")));

        Failures(answer).Should().Equal("11");
        _bus.Published.Should().BeEquivalentTo(["DataInserted e0 c-seq-10", "DataInserted e2 b-seq-12"]);
    }

    [Fact]
    public async Task A_change_and_a_removal_are_not_published_unless_told_to()
    {
        (await Emitter().WithAsync(Changes(Change("MODIFY"), Change("REMOVE")))).GetProperty("batchItemFailures").GetArrayLength().Should().Be(0);
        _bus.Published.Should().BeEmpty();

        await Emitter(new EmitterOptions(Modified: true, Removed: true)).WithAsync(Changes(Change("MODIFY"), Change("REMOVE"), Change("REMOVE", """{"type":"Service","principalId":"dynamodb.amazonaws.com"}""")));
        _bus.Published.Select(published => published.Split(' ')[0]).Should().Equal("DataModified", "DataRemoved", "DataExpired");
    }

    [Fact]
    public async Task An_empty_batch_is_no_error() =>
        (await Emitter().WithAsync("""{"Records":[]}""")).GetProperty("batchItemFailures").GetArrayLength().Should().Be(0);

    [Fact]
    public async Task An_event_of_another_service_is_an_error_that_says_so()
    {
        (await Emitter().ErrorAsync("""{"detail":{}}""")).Message.Should().Contain("no Records").And.Contain("DynamoDB");
        (await Emitter().ErrorAsync("""{"Records":[{"messageId":"m","body":"{}","eventSource":"aws:sqs"}]}""")).Message.Should().Contain("no dynamodb");
        (await Emitter().ErrorAsync(Changes("""{"eventID":"7","eventName":"INSERT","dynamodb":{"Keys":{"id":{"S":"a"}}}}"""))).Message.Should().Contain("Record 7").And.Contain("pk");
        (await Emitter().ErrorAsync(Changes("""{"eventID":"7","eventName":"TRUNCATE","dynamodb":{}}"""))).Message.Should().Contain("TRUNCATE");
        _bus.Published.Should().BeEmpty();
    }

    [Fact]
    public async Task Envelopes_are_published_whether_they_were_stored_as_text_or_compressed()
    {
        _bus.Refused = "refused";
        var compressed = Convert.ToBase64String(Gzip("""{"specversion":"1.0","id":"e2","source":"urn:test","type":"t","subject":"b","time":"2026-11-24T12:00:00Z","data":"é"}"""));
        var batch = Changes(
            Insert("11", "a", "e1"),
            $$$"""
            {"dynamodb":{"ApproximateCreationDateTime":1767225600,"SizeBytes":7,"NewImage":{"hash":{"S":"h"},"envelope":{"B":"{{{compressed}}}"},"stored":{"N":"1"},"list":{"L":[{"S":"x"},{"M":{}}]}},
              "Keys":{"sk":{"S":"e2"},"pk":{"S":"b\u00e9"}},"SequenceNumber":"12"},"eventSourceARN":"arn:aws:dynamodb:r:1:table/t/stream/l","userIdentity":null,"eventName":"INSERT","eventID":"2"}
            """,
            Change("MODIFY"),
            Change("REMOVE", """{"type":"Service","principalId":"dynamodb.amazonaws.com"}"""),
            Insert("13", "c", "refused"));
        var options = new EmitterOptions(Modified: true, Removed: true);

        var answer = await Emitter(options).WithAsync(batch);

        Failures(answer).Should().Equal("13");
        _bus.Details.Should().HaveCount(4).And.ContainSingle(detail => detail.Contains("\"data\":\"é\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"Records\":[1]}")]
    [InlineData("{\"Records\":[{\"dynamodb\":[]}]}")]
    [InlineData("{\"Records\":[]} {}")]
    public async Task What_is_not_of_an_events_form_is_an_error(string json)
    {
        (await Emitter().ErrorAsync(json)).Should().NotBeNull();
    }

    private static byte[] Gzip(string text)
    {
        var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return compressed.ToArray();
    }

    private static string[] Failures(JsonElement answer) =>
        [.. answer.GetProperty("batchItemFailures").EnumerateArray().Select(failure => failure.GetProperty("itemIdentifier").GetString()!)];

    private static string Changes(params string[] records) => $$"""{"Records":[{{string.Join(",", records)}}]}""";

    private static string Insert(string sequence, string stream, string id) => Record("INSERT", sequence, stream, id, "NewImage", "null");

    private static string Change(string name, string identity = "null") => Record(name, "11", "a", "e1", name == "REMOVE" ? "OldImage" : "NewImage", identity);

    private static string Record(string name, string sequence, string stream, string id, string image, string identity) => $$$"""
        {"eventID":"{{{sequence}}}","eventName":"{{{name}}}","eventSource":"aws:dynamodb","userIdentity":{{{identity}}},
         "eventSourceARN":"arn:aws:dynamodb:eu-north-1:123456789012:table/data-events/stream/2026-11-24T00:00:00.000",
         "dynamodb":{"SequenceNumber":"{{{sequence}}}","Keys":{"pk":{"S":"{{{stream}}}"},"sk":{"S":"{{{id}}}"}},
          "{{{image}}}":{"pk":{"S":"{{{stream}}}"},"sk":{"S":"{{{id}}}"},"seq":{"S":"{{{stream}}}-seq-{{{sequence}}}"},
           "envelope":{"S":"{\"specversion\":\"1.0\",\"id\":\"{{{id}}}\",\"source\":\"urn:test\",\"type\":\"t\",\"subject\":\"{{{stream}}}\",\"time\":\"2026-11-24T12:00:00Z\",\"data\":1}"} } } }
        """;

    private InProcessFunction Emitter(EmitterOptions? options = null)
    {
        var services = new ServiceCollection().AddIntegrationEventEmitter(options ?? new EmitterOptions()).AddSingleton<IEventPublisher>(_bus);
        return InProcessFunction.Create<DynamoDBEvent, StreamsEventResponse>(
            new FunctionOptions("IntegrationEventEmitter") { Timeout = TimeSpan.FromSeconds(4) },
            services.BuildServiceProvider().GetRequiredService<IntegrationEventEmitterFunction>().Handle, new SourceGeneratorLambdaJsonSerializer<IntegrationEventEmitterJson>(), Invoked.Host);
    }

    /// <summary>Refuses the event with one id, and takes the others.</summary>
    private sealed class Bus : IEventPublisher
    {
        public string Refused { get; set; } = "";

        public List<string> Published { get; } = [];

        public List<string> Details { get; } = [];

        public Task<IReadOnlyList<Attempt>> PublishAsync(IReadOnlyList<IntegrationEvent> batch, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<Attempt>>([.. batch.Select(Take)]);

        private Attempt Take(IntegrationEvent published)
        {
            using var detail = JsonDocument.Parse(Encoding.UTF8.GetString(published.Detail.Span));
            var id = detail.RootElement.GetProperty("id").GetString();
            if (id == Refused)
            {
                return Attempt.Rejected("told to");
            }

            Details.Add($"{published.DetailType} {string.Join(' ', published.Resources)} {detail.RootElement.GetRawText()}");
            Published.Add($"{published.DetailType} {id} {(detail.RootElement.TryGetProperty("dtesequence", out var place) ? place.GetString() : "nowhere")}");
            return Attempt.Done;
        }
    }
}
