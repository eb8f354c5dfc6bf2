using DataToEvents.Emulator.Lambda.Mappings;
using DataToEvents.Emulator.Queues;
using DataToEvents.Emulator.Tests.Queues;

namespace DataToEvents.Emulator.Tests.Lambda.Mappings;

public class QueueEventSourceTests
{
    private const string AllGood = """{"batchItemFailures":[]}""";

    [Fact]
    public async Task The_function_gets_Lambdas_event()
    {
        await using var bed = await QueueBed.OpenAsync();
        var function = new FakeFunction(_ => AllGood);
        var sent = await bed.SendAsync("group", """{"name":"José"}""", "id");

        Run(bed, function);

        var record = function.Events.Should().ContainSingle().Subject["Records"]!.AsArray().Should().ContainSingle().Subject!;
        record["messageId"]!.GetValue<string>().Should().Be(sent.MessageId.ToString());
        record["receiptHandle"]!.GetValue<string>().Should().NotBeEmpty();
        record["body"]!.GetValue<string>().Should().Be("""{"name":"José"}""");
        record["md5OfBody"]!.GetValue<string>().Should().Be("400ddc2857c2fc518562711125894eb6");
        record["eventSource"]!.GetValue<string>().Should().Be("aws:sqs");
        record["eventSourceARN"]!.GetValue<string>().Should().Be("arn:aws:sqs:us-east-1:000000000000:events.fifo");
        record["awsRegion"]!.GetValue<string>().Should().Be("us-east-1");
        record["messageAttributes"]!.AsObject().Should().BeEmpty();
        var milliseconds = bed.Time.GetUtcNow().ToUnixTimeMilliseconds().ToString((IFormatProvider?)null);
        JsonNode.DeepEquals(record["attributes"], new JsonObject
        {
            ["ApproximateReceiveCount"] = "1",
            ["SentTimestamp"] = milliseconds,
            ["SequenceNumber"] = sent.SequenceNumber,
            ["MessageDeduplicationId"] = "id",
            ["MessageGroupId"] = "group",
            ["SenderId"] = record["attributes"]!["SenderId"]!.GetValue<string>(),
            ["ApproximateFirstReceiveTimestamp"] = milliseconds,
        }).Should().BeTrue();
    }

    [Fact]
    public async Task The_queue_accepts_the_receipt_handle_of_the_event()
    {
        await using var bed = await QueueBed.OpenAsync();
        await bed.SendAsync("group", "1");
        IReadOnlyList<EntryError?> errors = [];
        var function = new FakeFunction(async input =>
        {
            errors = await bed.Queue.DeleteBatchAsync([input["Records"]![0]!["receiptHandle"]!.GetValue<string>()]);
            return InvocationResult.Failure("Exception", "deleted all the same");
        });

        Run(bed, function);

        errors.Should().ContainSingle().Which.Should().BeNull();
        bed.Queue.Stats.Depth.Should().Be(0);
    }

    [Fact]
    public async Task The_trace_header_of_a_message_is_among_its_attributes()
    {
        await using var bed = await QueueBed.OpenAsync();
        var function = new FakeFunction(_ => AllGood);
        await bed.Queue.SendBatchAsync([new SendEntry("group", "id", "body"u8.ToArray(), TraceHeader: "Root=1-a")]);

        Run(bed, function);

        function.Events.Single()["Records"]![0]!["attributes"]!["AWSTraceHeader"]!.GetValue<string>().Should().Be("Root=1-a");
        function.Events.Single()["Records"]![0]!["messageAttributes"]!.AsObject().Should().BeEmpty();
    }

    /// <summary>Recorded on AWS by LocalStack: test_message_body_and_attributes_passed_correctly. The lists are there, and empty.</summary>
    [Fact]
    public async Task Message_attributes_reach_the_function_with_their_types()
    {
        await using var bed = await QueueBed.OpenAsync();
        var function = new FakeFunction(_ => AllGood);
        var attributes = new Dictionary<string, MessageAttribute>
        {
            ["Title"] = MessageAttribute.OfText("The Whistler"),
            ["Author"] = MessageAttribute.OfText("John Grisham"),
            ["WeeksOn"] = MessageAttribute.OfText("6") with { Type = "Number" },
        };
        await bed.Queue.SendBatchAsync([new SendEntry("group", "id", "body"u8.ToArray(), Attributes: attributes)]);

        Run(bed, function);

        var record = function.Events.Single()["Records"]![0]!;
        record["messageAttributes"]!["WeeksOn"]!.ToJsonString().Should().Be("""{"stringValue":"6","stringListValues":[],"binaryListValues":[],"dataType":"Number"}""");
        record["messageAttributes"]!.AsObject().Should().HaveCount(3);
        ((string)record["md5OfMessageAttributes"]!).Should().Be("d25a6aea97eb8f585bfa92d314504a92");
    }

    /// <summary>SQS delivers at least once: a DeleteMessage may fail for one message of a batch, though the function took it.</summary>
    [Fact]
    public async Task A_message_that_cannot_be_deleted_stays_until_the_visibility_timeout()
    {
        await using var bed = await QueueBed.OpenAsync();
        var kept = await bed.SendAsync("a", "1");
        await bed.SendAsync("b", "2");

        var stats = Run(bed, new FakeFunction(_ => AllGood), new QueueEventSourceOptions { DeleteFails = id => id == kept.MessageId });

        bed.Queue.Stats.Should().Match<QueueStats>(queue => queue.Depth == 1 && queue.InFlight == 1);
        stats.FailedMessages.Should().Be(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"batchItemFailures":null}""")]
    [InlineData(AllGood)]
    public async Task A_response_that_means_success_deletes_the_batch(string answer)
    {
        await using var bed = await QueueBed.OpenAsync();
        await bed.SendAllAsync(("a", "1"), ("b", "2"));

        var stats = Run(bed, new FakeFunction(_ => answer));

        bed.Queue.Stats.Depth.Should().Be(0);
        stats.FailedInvocations.Should().Be(0);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{} {}")]
    [InlineData("""{"batchItemFailures":{}}""")]
    [InlineData("""{"batchItemFailures":["id"]}""")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":""}]}""")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":null}]}""")]
    [InlineData("""{"batchItemFailures":[{"messageId":"x"}]}""")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"unknown"}]}""")]
    public async Task A_response_that_means_failure_leaves_the_whole_batch_until_the_visibility_timeout(string answer)
    {
        await using var bed = await QueueBed.OpenAsync();
        await bed.SendAllAsync(("a", "1"), ("b", "2"));

        var stats = Run(bed, new FakeFunction(_ => answer));

        bed.Queue.Stats.Should().Match<QueueStats>(queue => queue.Depth == 2 && queue.InFlight == 2);
        stats.Should().Match<QueueEventSourceStats>(source => source.FailedInvocations == 1 && source.FailedMessages == 2);
    }

    [Fact]
    public async Task An_error_of_the_function_fails_the_whole_batch()
    {
        await using var bed = await QueueBed.OpenAsync();
        await bed.SendAllAsync(("a", "1"), ("b", "2"));

        Run(bed, new FakeFunction(_ => Task.FromResult(InvocationResult.Failure("Sandbox.Timedout", "timed out"))));

        bed.Queue.Stats.InFlight.Should().Be(2);
    }

    [Fact]
    public async Task Only_messages_that_the_response_names_stay_in_the_queue()
    {
        await using var bed = await QueueBed.OpenAsync();
        var sent = await bed.SendAllAsync(("a", "1"), ("b", "2"), ("c", "3"));

        Run(bed, new FakeFunction(_ => $$"""{"batchItemFailures":[{"itemIdentifier":"{{sent[1].MessageId}}"}]}"""));

        (await bed.Queue.ListAsync()).Should().ContainSingle().Which.MessageId.Should().Be(sent[1].MessageId);
        bed.Queue.Stats.InFlight.Should().Be(1);
    }

    [Fact]
    public async Task Without_ReportBatchItemFailures_any_answer_deletes_the_batch()
    {
        await using var bed = await QueueBed.OpenAsync();
        var sent = await bed.SendAsync("a", "1");
        var function = new FakeFunction(_ => $$"""{"batchItemFailures":[{"itemIdentifier":"{{sent.MessageId}}"}]}""");

        Run(bed, function, new QueueEventSourceOptions { ReportBatchItemFailures = false });

        bed.Queue.Stats.Depth.Should().Be(0);
    }

    [Fact]
    public async Task Failed_messages_come_back_after_FailedVisibility()
    {
        await using var bed = await QueueBed.OpenAsync();
        await bed.SendAsync("a", "1");
        var function = new FakeFunction(_ => "fail");

        Run(bed, function, new QueueEventSourceOptions { FailedVisibility = TimeSpan.FromSeconds(1) }, () => bed.Time.Advance(TimeSpan.FromSeconds(1)));

        function.Events.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_message_that_always_fails_goes_to_the_dead_letter_queue_and_its_group_goes_on()
    {
        await using var bed = await QueueBed.OpenAsync(maxReceiveCount: 2);
        await bed.SendAllAsync(("a", "poison"), ("a", "follower"), ("b", "other"));
        var function = new FakeFunction(FailPoisonAndWhatFollowsInItsGroup);

        Run(bed, function, options: null, [.. Enumerable.Repeat(() => bed.Time.Advance(QueueBed.Visibility), 4)]);

        bed.Queue.Stats.Should().Match<QueueStats>(stats => stats.Depth == 0 && stats.DeadLettered == 2);

        static string FailPoisonAndWhatFollowsInItsGroup(JsonNode input) => $$"""
            {"batchItemFailures":[{{string.Join(',', input["Records"]!.AsArray()
                .Where(record => record!["attributes"]!["MessageGroupId"]!.GetValue<string>() == "a")
                .Select(record => $$"""{"itemIdentifier":"{{record!["messageId"]}}"}"""))}}]}
            """;
    }

    [Fact]
    public async Task Groups_run_in_parallel_up_to_the_maximum_concurrency()
    {
        await using var bed = await QueueBed.OpenAsync();
        var finish = new TaskCompletionSource<InvocationResult>();
        var function = new FakeFunction(_ => finish.Task);
        await bed.SendAllAsync([.. Enumerable.Range(0, 6).Select(i => ($"g{i}", $"{i}"))]);

        var atOnce = 0;
        var stats = Run(
            bed, function, new QueueEventSourceOptions { BatchSize = 2, MaximumConcurrency = 2 },
            () => (atOnce, _) = (function.Events.Count, finish.TrySetResult(InvocationResult.Success(default))));

        atOnce.Should().Be(2);
        stats.Invocations.Should().Be(3);
        bed.Queue.Stats.Depth.Should().Be(0);
    }

    [Fact]
    public async Task An_event_stays_below_6_MB_although_its_bodies_are_escaped()
    {
        await using var bed = await QueueBed.OpenAsync();
        foreach (var i in Enumerable.Range(0, 8))
        {
            await bed.SendAsync($"g{i}", new string('"', 300_000) + string.Concat(Enumerable.Repeat("\U0001F389", 150_000)), $"{i}");
        }

        var function = new SizingFunction();
        Run(bed, function);

        function.Sizes.Should().OnlyContain(size => size < 6 * 1024 * 1024);
        bed.Queue.Stats.Depth.Should().Be(0);
    }

    [Fact]
    public async Task A_function_timeout_above_the_visibility_timeout_is_refused()
    {
        await using var bed = await QueueBed.OpenAsync();

        var create = () => new QueueEventSource(bed.Queue, new FakeFunction(_ => AllGood), new QueueEventSourceOptions { FunctionTimeout = TimeSpan.FromSeconds(31) });

        create.Should().Throw<ServiceException>().Which.Code.Should().Be("InvalidParameterValueException");
    }

    [Fact]
    public async Task A_fault_of_the_functions_host_ends_the_mapping()
    {
        await using var bed = await QueueBed.OpenAsync();
        await bed.SendAsync("a", "1");
        var source = new QueueEventSource(bed.Queue, new FakeFunction((Func<JsonNode, string>)(_ => throw new InvalidOperationException("host"))), new QueueEventSourceOptions());

        var run = () => source.RunAsync(CancellationToken.None);

        await run.Should().ThrowAsync<InvalidOperationException>().WithMessage("host");
    }

    /// <summary>Runs the mapping until it has nothing more to do, and again after each step.</summary>
    private static QueueEventSourceStats Run(QueueBed bed, IInvocable function, QueueEventSourceOptions? options = null, params Action[] steps)
    {
        var source = new QueueEventSource(bed.Queue, function, options ?? new QueueEventSourceOptions());
        OneThread.Run(async () =>
        {
            using var stop = new CancellationTokenSource();
            var running = source.RunAsync(stop.Token);
            await OneThread.IdleAsync();
            foreach (var step in steps)
            {
                step();
                await OneThread.IdleAsync();
            }

            stop.Cancel();
            await running;
        });
        return source.Stats;
    }

    private sealed class SizingFunction : IInvocable
    {
        public string Name => "sizes";

        public List<int> Sizes { get; } = [];

        public Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
        {
            Sizes.Add(payload.Length);
            return Task.FromResult(InvocationResult.Success(default));
        }
    }
}
