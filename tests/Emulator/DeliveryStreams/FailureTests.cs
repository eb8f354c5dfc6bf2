using CsCheck;
using DataToEvents.Emulator.DeliveryStreams;
using DataToEvents.Emulator.Tests.Flow;

namespace DataToEvents.Emulator.Tests.DeliveryStreams;

public sealed class FailureTests
{
    private static readonly TimeSpan _longEnough = TimeSpan.FromSeconds(10);

    [Fact]
    public void A_failed_invocation_is_retried_three_times_with_growing_waits_and_then_its_batch_is_skipped() => FlowThread.Run(async () =>
    {
        await using var fixture = await StreamFixture.OpenAsync(answer: static _ => InvocationResult.Failure("Sandbox.Timedout", "Task timed out"));
        await fixture.PutAsync("a", "b");
        var flush = fixture.Stream.FlushAsync();
        await FlowThread.Settle();
        foreach (var (wait, invocations) in ((double, int)[])[(0.999, 1), (0.001, 2), (1.999, 2), (0.001, 3), (3.999, 3), (0.001, 4)])
        {
            fixture.Time.Advance(TimeSpan.FromSeconds(wait));
            await FlowThread.Settle();
            fixture.Function.Payloads.Should().HaveCount(invocations);
        }

        await flush;

        fixture.Function.Payloads.Should().OnlyContain(payload => payload.SequenceEqual(fixture.Function.Payloads[0]));
        (await fixture.ErrorsAsync()).Select(StreamFixture.Raw).Should().Equal("a", "b");
        fixture.Stream.Stats.Should().BeEquivalentTo(new { Invocations = 4L, Retries = 3L, Transformed = 0L, LakeObjects = 0L });
        fixture.Stream.Stats.Failed.Should().Equal(new Dictionary<string, long> { ["Lambda.FunctionError"] = 2 });
    });

    [Fact]
    public void A_retry_that_succeeds_delivers_the_batch() => FlowThread.Run(async () =>
    {
        await using var fixture = await StreamFixture.OpenAsync();
        fixture.Function.Answer = payload => Task.FromResult(
            fixture.Function.Payloads.Count < 4 ? InvocationResult.Failure("Error", "not yet") : Transform.AllOk(payload));
        await fixture.PutAsync("a");

        await FlushAsync(fixture);

        (await fixture.LakeAsync()).Should().Equal("A");
        (await fixture.ErrorsAsync()).Should().BeEmpty();
    });

    [Theory]
    [InlineData("TooManyRequestsException", "Lambda.InvokeLimitExceeded", "The Lambda concurrency limit was exceeded.")]
    [InlineData("Sandbox.Timedout", "Lambda.FunctionError", "The Lambda function was successfully invoked but it returned an error result. Sandbox.Timedout: why")]
    public void The_failed_records_say_why_the_invocation_failed(string type, string code, string message) => FlowThread.Run(async () =>
    {
        await using var fixture = await StreamFixture.OpenAsync(answer: _ => InvocationResult.Failure(type, "why"));
        await fixture.PutAsync("a");

        await FlushAsync(fixture);

        var error = (await fixture.ErrorsAsync()).Single();
        ((string?)error["errorCode"], (string?)error["errorMessage"]).Should().Be((code, message));
    });

    public static TheoryData<string, string> UselessAnswers => new()
    {
        { "", "Lambda.JsonProcessingException" },
        { "null", "Lambda.JsonProcessingException" },
        { "{}", "Lambda.JsonProcessingException" },
        { """{"records":{}}""", "Lambda.JsonProcessingException" },
        { """{"records":[]} and more""", "Lambda.JsonProcessingException" },
        { """{"records":[{"recordId":"1","result":"Ok","da""", "Lambda.JsonProcessingException" },
        { $$"""{"records":[],"padding":"{{new string('x', DeliveryStreamLimits.MaxInvocationBytes)}}"}""", "Lambda.FunctionError" },
    };

    [Theory]
    [MemberData(nameof(UselessAnswers))]
    public void A_response_without_results_counts_as_a_failed_invocation(string answer, string code) => FlowThread.Run(async () =>
    {
        await using var fixture = await StreamFixture.OpenAsync(answer: _ => InvocationResult.Success(Encoding.UTF8.GetBytes(answer)));
        await fixture.PutAsync("a", "b");

        await FlushAsync(fixture);

        fixture.Function.Payloads.Should().HaveCount(4);
        fixture.Stream.Stats.Failed.Should().Equal(new Dictionary<string, long> { [code] = 2 });
    });

    [Fact]
    public void Processing_failed_objects_have_the_shape_of_Firehose() => FlowThread.Run(async () =>
    {
        await using var fixture = await StreamFixture.OpenAsync(answer: static payload => Transform.Each(payload, static record => Transform.Entry(record.Id, "ProcessingFailed")));
        var arrival = fixture.Time.GetUtcNow().ToUnixTimeMilliseconds();
        await fixture.PutAsync("José");
        fixture.Time.Advance(TimeSpan.FromSeconds(60));

        await fixture.Stream.FlushAsync();

        (await fixture.ErrorsAsync()).Single().ToJsonString().Should().Be(new JsonObject
        {
            ["attemptsMade"] = 1,
            ["arrivalTimestamp"] = arrival,
            ["errorCode"] = "Lambda.ProcessingFailedStatus",
            ["errorMessage"] = "ProcessingFailed status set for record",
            ["attemptEndingTimestamp"] = arrival + 60_000,
            ["rawData"] = Convert.ToBase64String(Encoding.UTF8.GetBytes("José")),
            ["lambdaArn"] = "arn:aws:lambda:us-east-1:000000000000:function:Transformer:$LATEST",
        }.ToJsonString());
        (await fixture.KeysAsync("")).Single().Should()
            .MatchRegex(@"^lake/errors/processing-failed/2026/11/24/00/data-events-stream-1-2026-11-24-00-11-39-[0-9a-f-]{36}\.json$");
    });

    [Fact]
    public void A_missing_repeated_or_malformed_result_fails_only_its_own_record() => FlowThread.Run(async () =>
    {
        await using var fixture = await StreamFixture.OpenAsync(answer: static payload => Transform.Answer(Transform.Records(payload).SelectMany(Entries)));
        await fixture.PutAsync("fine", "missing", "repeated", "bad result", "bad base64", "no data", "dropped", "failed", "also fine");

        await FlushAsync(fixture);

        fixture.Function.Payloads.Should().ContainSingle("verdicts on records are no failed invocation");
        (await fixture.LakeAsync()).Should().Equal("FINE", "ALSO FINE");
        (await fixture.ErrorsAsync()).Select(static error => (StreamFixture.Raw(error), (string)error["errorCode"]!)).Should().Equal(
            ("missing", "Lambda.MissingRecordId"),
            ("repeated", "Lambda.DuplicatedRecordId"),
            ("bad result", "Lambda.JsonProcessingException"),
            ("bad base64", "Lambda.JsonProcessingException"),
            ("no data", "Lambda.JsonProcessingException"),
            ("failed", "Lambda.ProcessingFailedStatus"));
        fixture.Stream.Stats.Should().BeEquivalentTo(new { Transformed = 2L, Dropped = 1L, BufferedRecords = 0L });

        static IEnumerable<JsonNode?> Entries(Incoming record) => record.Text switch
        {
            "missing" => [JsonValue.Create(7), new JsonObject { ["result"] = "Ok" }, Transform.Entry("000000000000000000000000", "Ok", [])],
            "repeated" => [Transform.Ok(record), Transform.Ok(record)],
            "bad result" => [Transform.Entry(record.Id, "ok", [1])],
            "bad base64" => [new JsonObject { ["recordId"] = record.Id, ["result"] = "Ok", ["data"] = "%%" }],
            "no data" => [Transform.Entry(record.Id, "Ok")],
            "dropped" => [Transform.Entry(record.Id, "Dropped")],
            "failed" => [Transform.Entry(record.Id, "ProcessingFailed", [1])],
            _ => [Transform.Ok(record)],
        };
    });

    [Fact]
    public void A_response_may_have_any_order_escapes_and_metadata() => FlowThread.Run(async () =>
    {
        await using var fixture = await StreamFixture.OpenAsync(answer: static payload =>
        {
            var entries = Transform.Records(payload).AsEnumerable().Reverse().Select(static record =>
                $$$"""{"metadata":{"partitionKeys":{"a":["b"]}},"data":"{{{Escaped(record)}}}","result":"Ok","recordId":"{{{record.Id}}}"}""");
            return InvocationResult.Success(Encoding.UTF8.GetBytes($$"""{"more":[{}],"records":[{{string.Join(',', entries)}}],"x":1}"""));
        });
        await fixture.PutAsync("one\n", "~~>~\n", "three\n");

        await FlushAsync(fixture);

        (await fixture.LakeAsync()).Should().Equal("one", "~~>~", "three");

        static string Escaped(Incoming record) => Convert.ToBase64String(record.Data).Replace("+", "\\u002B", StringComparison.Ordinal);
    });

    [Fact]
    public void With_any_response_every_record_ends_in_exactly_one_place() =>
        Gen.Int[0, 6].Array[1, 40].Sample(
            static fates => FlowThread.Run(async () =>
            {
                await using var fixture = await StreamFixture.OpenAsync(answer: payload => Transform.Answer(
                    Transform.Records(payload).SelectMany(record => Entries(record, fates[int.Parse(record.Text, null)]))));
                await fixture.PutAsync([.. Enumerable.Range(0, fates.Length).Select(static i => $"{i}")]);

                await FlushAsync(fixture);

                (await fixture.LakeAsync()).Should().Equal(WithFate(fates, 0, 5));
                (await fixture.ErrorsAsync()).Select(StreamFixture.Raw).Should().Equal(WithFate(fates, 1, 2, 3, 6));
                fixture.Stream.Stats.Dropped.Should().Be(fates.Count(static fate => fate == 4));
                fixture.Stream.Stats.Failed.Values.Sum().Should().Be(WithFate(fates, 1, 2, 3, 6).Count());
            }),
            iter: 200);

    private static IEnumerable<string> WithFate(int[] fates, params int[] wanted) =>
        Enumerable.Range(0, fates.Length).Where(i => wanted.Contains(fates[i])).Select(static i => $"{i}");

    private static IEnumerable<JsonNode?> Entries(Incoming record, int fate) => fate switch
    {
        1 => [],
        2 => [Transform.Entry(record.Id, "Dropped"), Transform.Ok(record)],
        3 => [Transform.Entry(record.Id, "ProcessingFailed")],
        4 => [Transform.Entry(record.Id, "Dropped")],
        5 => [Transform.Entry("unknown", "Ok", [65]), Transform.Ok(record), null],
        6 => [Transform.Entry(record.Id, "")],
        _ => [Transform.Ok(record)],
    };

    private static async Task FlushAsync(StreamFixture fixture)
    {
        var flush = fixture.Stream.FlushAsync();
        for (var attempt = 0; attempt < 4 && !flush.IsCompleted; attempt++)
        {
            await FlowThread.Settle();
            fixture.Time.Advance(_longEnough);
        }

        await flush;
    }
}
