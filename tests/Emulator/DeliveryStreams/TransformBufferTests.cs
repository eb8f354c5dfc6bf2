using CsCheck;
using DataToEvents.Emulator.DeliveryStreams;
using DataToEvents.Emulator.Tests.Flow;

namespace DataToEvents.Emulator.Tests.DeliveryStreams;

public sealed class TransformBufferTests
{
    [Fact]
    public void The_function_gets_the_JSON_that_Firehose_sends() => FlowThread.Run(async () =>
    {
        await using var fixture = await StreamFixture.OpenAsync();
        var put = await fixture.PutAsync("José", "\u0000+");

        await fixture.Stream.FlushAsync();

        var json = JsonNode.Parse(fixture.Function.Payloads.Single())!.AsObject();
        json.Select(static property => property.Key).Should().Equal("invocationId", "deliveryStreamArn", "region", "records");
        ((string)json["deliveryStreamArn"]!).Should().Be("arn:aws:firehose:us-east-1:000000000000:deliverystream/data-events-stream");
        Guid.TryParse((string)json["invocationId"]!, out _).Should().BeTrue();
        Transform.Records(fixture.Function.Payloads[0]).Should().BeEquivalentTo(
            [
                new Incoming(put[0].RecordId!, fixture.Time.GetUtcNow().ToUnixTimeMilliseconds(), Encoding.UTF8.GetBytes("José")),
                new Incoming(put[1].RecordId!, fixture.Time.GetUtcNow().ToUnixTimeMilliseconds(), [0, (byte)'+']),
            ],
            static options => options.WithStrictOrdering());
    });

    [Fact]
    public void A_batch_waits_for_its_interval_and_no_longer() => FlowThread.Run(async () =>
    {
        await using var fixture = await StreamFixture.OpenAsync();
        await fixture.PutAsync("a");
        fixture.Time.Advance(TimeSpan.FromSeconds(30));
        await fixture.PutAsync("b");
        fixture.Time.Advance(TimeSpan.FromSeconds(29.999));
        await FlowThread.Settle();
        fixture.Function.Payloads.Should().BeEmpty();

        fixture.Time.Advance(TimeSpan.FromMilliseconds(1));
        await FlowThread.Settle();

        Batches(fixture).Should().Equal("a,b");
    });

    [Fact]
    public void A_full_batch_is_invoked_at_once() => FlowThread.Run(async () =>
    {
        var options = new DeliveryStreamOptions { Name = "s", Transform = new BufferingHints(100, TimeSpan.FromSeconds(60)) };
        await using var fixture = await StreamFixture.OpenAsync(options);
        await fixture.PutAsync(new string('a', 90));
        await FlowThread.Settle();
        fixture.Function.Payloads.Should().BeEmpty();

        await fixture.PutAsync("bbbbbbbbbb");
        await FlowThread.Settle();

        Batches(fixture).Should().Equal(new string('a', 90) + ",bbbbbbbbbb");
    });

    [Fact]
    public void The_rest_of_a_call_counts_for_the_next_batch_by_its_records_and_bytes() => FlowThread.Run(async () =>
    {
        var options = new DeliveryStreamOptions { Name = "s", Transform = new BufferingHints(100, TimeSpan.FromSeconds(60)), MaxRecordsPerInvocation = 2 };
        await using var fixture = await StreamFixture.OpenAsync(options);
        await fixture.PutAsync("1", "2", "3");
        await FlowThread.Settle();
        Batches(fixture).Should().Equal("1,2");
        await fixture.PutAsync("4", "5");
        await FlowThread.Settle();
        Batches(fixture).Should().Equal("1,2", "3,4");

        await fixture.PutAsync(new string('a', 90));
        await FlowThread.Settle();

        Batches(fixture).Should().Equal("1,2", "3,4", "5," + new string('a', 90));
    });

    [Fact]
    public void The_rest_of_a_call_waits_no_longer_than_the_call() => FlowThread.Run(async () =>
    {
        var options = new DeliveryStreamOptions { Name = "s", MaxRecordsPerInvocation = 2 };
        await using var fixture = await StreamFixture.OpenAsync(options);
        await fixture.PutAsync("1", "2", "3");
        fixture.Time.Advance(TimeSpan.FromSeconds(30));
        await FlowThread.Settle();
        fixture.Stream.Stats.OldestAge.Should().Be(TimeSpan.FromSeconds(30));

        fixture.Time.Advance(TimeSpan.FromSeconds(30));
        await FlowThread.Settle();

        Batches(fixture).Should().Equal("1,2", "3");
    });

    [Fact]
    public void A_call_larger_than_a_batch_is_split_and_its_rest_is_not_lost_by_a_crash() => FlowThread.Run(async () =>
    {
        var options = new DeliveryStreamOptions { Name = "s", Transform = new BufferingHints(10, TimeSpan.FromSeconds(60)), MaxRecordsPerInvocation = 3 };
        await using var fixture = await StreamFixture.OpenAsync(options);
        fixture.Function.Answer = payload => fixture.Function.Payloads.Count <= 2
            ? Task.FromResult(Transform.AllOk(payload))
            : new TaskCompletionSource<InvocationResult>().Task;
        await fixture.PutAsync("1", "2", "3", "4", "5", "6", "7", "8");
        await FlowThread.Settle();
        fixture.Time.Advance(TimeSpan.FromSeconds(60));
        await FlowThread.Settle();
        Batches(fixture).Should().Equal("1,2,3", "4,5,6", "7,8");

        fixture.Function.Answer = static payload => Task.FromResult(Transform.AllOk(payload));
        await fixture.RestartAsync();
        await fixture.Stream.FlushAsync();

        Batches(fixture)[3..].Should().Equal("7,8");
        (await fixture.LakeAsync()).Should().Equal("1", "2", "3", "4", "5", "6", "7", "8");
        fixture.Stream.Stats.Should().BeEquivalentTo(new { BufferedRecords = 0L, BufferedBytes = 0L });
    });

    [Fact]
    public void Tiny_records_fill_a_request_and_never_make_one_over_6_MB() => FlowThread.Run(async () =>
    {
        await using var fixture = await StreamFixture.OpenAsync();
        for (var i = 0; i < 140; i++)
        {
            await fixture.Stream.PutRecordBatchAsync(new ReadOnlyMemory<byte>[500]);
        }

        await fixture.Stream.FlushAsync();

        fixture.Function.Payloads.Should().HaveCount(2).And.OnlyContain(static payload => payload.Length <= DeliveryStreamLimits.MaxInvocationBytes);
        fixture.Stream.Stats.Transformed.Should().Be(70_000);
    });

    [Fact]
    public void One_invocation_at_a_time_keeps_the_order_of_arrival() => FlowThread.Run(async () =>
    {
        var options = new DeliveryStreamOptions { Name = "s", Transform = new BufferingHints(1, TimeSpan.Zero) };
        await using var fixture = await StreamFixture.OpenAsync(options);
        var answer = new TaskCompletionSource();
        fixture.Function.Answer = async payload =>
        {
            await answer.Task;
            return Transform.AllOk(payload);
        };
        await fixture.PutAsync("a", "b", "c");
        await FlowThread.Settle();
        Batches(fixture).Should().Equal("a");

        answer.SetResult();
        await fixture.Stream.FlushAsync();

        (await fixture.LakeAsync()).Should().Equal("A", "B", "C");
    });

    [Fact]
    public void With_several_invocations_at_once_the_lake_still_has_the_order_of_arrival() => FlowThread.Run(async () =>
    {
        var options = new DeliveryStreamOptions { Name = "s", Transform = new BufferingHints(1, TimeSpan.Zero), ConcurrentInvocations = 3 };
        await using var fixture = await StreamFixture.OpenAsync(options);
        var answers = new Dictionary<string, TaskCompletionSource> { ["a"] = new(), ["b"] = new(), ["c"] = new(), ["d"] = new() };
        fixture.Function.Answer = async payload =>
        {
            await answers[Transform.Records(payload)[0].Text].Task;
            return Transform.AllOk(payload);
        };
        await fixture.PutAsync("a", "b", "c", "d");
        await FlowThread.Settle();
        Batches(fixture).Should().Equal("a", "b", "c");

        foreach (var record in (string[])["c", "b", "a", "d"])
        {
            answers[record].SetResult();
            await FlowThread.Settle();
        }

        await fixture.Stream.FlushAsync();

        (await fixture.LakeAsync()).Should().Equal("A", "B", "C", "D");
    });

    [Fact]
    public void A_backlog_beyond_memory_is_read_back_whole_and_in_order() => FlowThread.Run(async () =>
    {
        var options = new DeliveryStreamOptions { Name = "s", ResidentBytes = 2_000 };
        await using var fixture = await StreamFixture.OpenAsync(options);
        for (var i = 0; i < 300; i++)
        {
            await fixture.PutAsync($"{i}", new string('x', i));
        }

        await fixture.Stream.FlushAsync();

        var expected = Enumerable.Range(0, 300).SelectMany(static i => new[] { $"{i}", new string('X', i) }).Where(static line => line.Length > 0);
        (await fixture.LakeAsync()).Should().Equal(expected);
    });

    [Fact]
    public void Any_calls_reach_the_lake_once_and_in_order_with_any_buffers() =>
        Gen.Select(
            Gen.String[Gen.Char['A', 'Z'], 1, 40].Array[1, 20].Array[1, 20],
            Gen.Int[1, 200],
            Gen.Int[1, 7],
            Gen.Int[1, 3],
            Gen.Int[0, 300]).Sample(
            static (calls, size, records, concurrent, resident) => FlowThread.Run(async () =>
            {
                await using var fixture = await StreamFixture.OpenAsync(new DeliveryStreamOptions
                {
                    Name = "s",
                    Transform = new BufferingHints(size, TimeSpan.FromSeconds(1)),
                    MaxRecordsPerInvocation = records,
                    ConcurrentInvocations = concurrent,
                    ResidentBytes = resident,
                });
                foreach (var call in calls)
                {
                    await fixture.PutAsync(call);
                    if (call.Length % 5 == 0)
                    {
                        await fixture.RestartAsync();
                    }
                }

                await fixture.Stream.FlushAsync();

                Batches(fixture).Should().OnlyContain(
                    batch => batch.Split(',').Length <= records && (!batch.Contains(',') || batch.Replace(",", "", StringComparison.Ordinal).Length <= size));
                (await fixture.KeysAsync("lake/events/")).Should().ContainSingle();
                (await fixture.LakeAsync()).Should().Equal(calls.SelectMany(static call => call));
                fixture.Stream.Stats.BufferedRecords.Should().Be(0);
            }),
            iter: 200);

    private static List<string> Batches(StreamFixture fixture) =>
        [.. fixture.Function.Payloads.Select(static payload => string.Join(',', Transform.Records(payload).Select(static record => record.Text)))];
}
