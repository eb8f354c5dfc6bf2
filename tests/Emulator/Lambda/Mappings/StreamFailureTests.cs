using DataToEvents.Emulator.Lambda.Mappings;
using DataToEvents.Emulator.Tests.Tables;

namespace DataToEvents.Emulator.Tests.Lambda.Mappings;

/// <summary>How a stream's mapping treats records that the function fails on.</summary>
public class StreamFailureTests
{
    [Fact]
    public async Task Records_from_the_lowest_failed_sequence_number_on_are_passed_again()
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.InsertAsync([.. Enumerable.Range(1, 5).Select(i => ("a", $"{i}"))]);
        var function = new FakeFunction(input => StreamBed.SortKeys(input).First() == "1" ? Failures(input, 3, 1) : StreamBed.AllGood);

        StreamBed.Run(bed, function, null, null, StreamBed.Wait(bed));

        StreamBed.Batches(function).Should().Equal("1 2 3 4 5", "2 3 4 5");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("\"text\"")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":""}]}""")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":null}]}""")]
    [InlineData("""{"batchItemFailures":[{"sequenceNumber":"1"}]}""")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"100000000000000000099"}]}""")]
    public async Task A_response_that_means_failure_fails_the_whole_batch(string answer)
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.InsertAsync(("a", "1"), ("a", "2"));
        var answers = new Queue<string>([answer, StreamBed.AllGood]);
        var function = new FakeFunction(_ => answers.Dequeue());

        var stats = StreamBed.Run(bed, function, null, null, StreamBed.Wait(bed));

        StreamBed.Batches(function).Should().Equal("1 2", "1 2");
        stats.FailedInvocations.Should().Be(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"batchItemFailures":null}""")]
    public async Task A_response_that_means_success_moves_on(string answer)
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.InsertAsync(("a", "1"), ("a", "2"));
        var function = new FakeFunction(_ => answer);

        var stats = StreamBed.Run(bed, function, null, null, StreamBed.Wait(bed));

        function.Events.Should().ContainSingle();
        stats.Behind.Should().Be(0);
    }

    [Fact]
    public async Task Without_ReportBatchItemFailures_only_an_error_is_a_failure()
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.InsertAsync(("a", "1"), ("a", "2"));
        var function = new FakeFunction(input => Failures(input, 0));

        StreamBed.Run(bed, function, StreamBed.Options with { ReportBatchItemFailures = false }, null, StreamBed.Wait(bed));

        function.Events.Should().ContainSingle();
    }

    [Fact]
    public async Task Without_a_retry_limit_a_batch_is_retried_with_growing_pauses_until_it_succeeds()
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.InsertAsync(("a", "1"));
        var calls = 0;
        var function = new FakeFunction(_ => Task.FromResult(++calls < 30 ? InvocationResult.Failure("Exception", "not yet") : InvocationResult.Success(default)));
        var atOnce = 0;

        var stats = StreamBed.Run(
            bed, function, null, null,
            [() => Pass(bed, seconds: 1), () => { atOnce = calls; return Task.CompletedTask; }, .. StreamBed.Wait(bed, 40)]);

        atOnce.Should().BeLessThan(5);
        calls.Should().Be(30);
        stats.Succeeded.Should().Be(1);
    }

    [Fact]
    public async Task When_retries_are_exhausted_the_batch_goes_to_the_destination_and_the_lane_goes_on()
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.InsertAsync(("a", "1"), ("a", "bad"), ("a", "3"), ("a", "4"));
        var function = new FakeFunction(StreamBed.FailBad);
        var failures = new CollectedFailures();

        var stats = StreamBed.Run(bed, function, StreamBed.Options with { MaximumRetryAttempts = 2, BatchSize = 3 }, failures, StreamBed.Wait(bed));

        StreamBed.Batches(function).Should().Equal("1 bad 3", "bad 3", "bad 3", "4");
        failures.SortKeys.Should().Equal("bad", "3");
        stats.Should().Be(new StreamEventSourceStats(Invocations: 4, FailedInvocations: 3, Succeeded: 2, GivenUp: 2, Dropped: 0, Behind: 0));
    }

    /// <summary>AWS Lambda Developer Guide, "Capturing records of asynchronous invocations": "If Lambda can't send a record to a destination ... it sends a DestinationDeliveryFailures metric".</summary>
    [Fact]
    public async Task Records_that_the_destination_refuses_are_lost_and_the_lane_goes_on()
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.InsertAsync(("a", "bad"), ("a", "2"));
        var function = new FakeFunction(StreamBed.FailBad);

        var stats = StreamBed.Run(
            bed, function, StreamBed.Options with { MaximumRetryAttempts = 0, BatchSize = 1 }, new CollectedFailures { RefusesAll = true }, StreamBed.Wait(bed));

        StreamBed.Batches(function).Should().Equal("bad", "2");
        stats.Should().Be(new StreamEventSourceStats(Invocations: 2, FailedInvocations: 1, Succeeded: 1, GivenUp: 1, Dropped: 1, Behind: 0));
    }

    [Theory]
    [InlineData(true, "bad 2 3", "bad", "2 3")]
    [InlineData(false, "bad 2 3", "bad 2 3")]
    public async Task A_batch_whose_first_record_is_named_is_halved_in_one_reading_and_given_up_whole_in_the_other(bool bisects, params string[] batches)
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.InsertAsync(("a", "bad"), ("a", "2"), ("a", "3"));
        var function = new FakeFunction(StreamBed.FailBad);
        var failures = new CollectedFailures();
        var options = StreamBed.Options with { MaximumRetryAttempts = bisects ? 0 : 1, BisectBatchOnFunctionError = true, BisectsAtFirstRecord = bisects };

        StreamBed.Run(bed, function, options, failures, StreamBed.Wait(bed));

        StreamBed.Batches(function).Should().Equal(batches);
        failures.SortKeys.Should().Equal(bisects ? ["bad"] : ["bad", "2", "3"]);
    }

    [Fact]
    public async Task Bisecting_isolates_the_record_that_fails_and_uses_up_no_retries()
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.InsertAsync([.. Enumerable.Range(1, 8).Select(i => ("a", i == 6 ? "bad" : $"{i}"))]);
        var function = new FakeFunction(StreamBed.ThrowOnBad);
        var failures = new CollectedFailures();

        StreamBed.Run(bed, function, StreamBed.Options with { MaximumRetryAttempts = 1, BisectBatchOnFunctionError = true }, failures, StreamBed.Wait(bed));

        StreamBed.Batches(function).Should().Equal("1 2 3 4 5 bad 7 8", "1 2 3 4", "5 bad 7 8", "5 bad", "5", "bad", "bad", "7 8");
        failures.SortKeys.Should().Equal("bad");
    }

    [Fact]
    public async Task With_reported_failures_a_batch_is_split_where_the_function_says()
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.InsertAsync(("a", "1"), ("a", "2"), ("a", "bad"), ("a", "4"));
        var function = new FakeFunction(StreamBed.FailBad);
        var failures = new CollectedFailures();

        StreamBed.Run(bed, function, StreamBed.Options with { MaximumRetryAttempts = 0, BisectBatchOnFunctionError = true }, failures);

        StreamBed.Batches(function).Should().Equal("1 2 bad 4", "bad 4", "bad", "4");
        failures.SortKeys.Should().Equal("bad");
    }

    [Fact]
    public async Task Records_older_than_the_limit_go_to_the_destination_and_younger_ones_to_the_function()
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.InsertAsync(("a", "old"));
        bed.Time.Advance(TimeSpan.FromSeconds(61));
        await bed.InsertAsync(("a", "young"));
        var function = new FakeFunction(_ => StreamBed.AllGood);
        var failures = new CollectedFailures();

        StreamBed.Run(bed, function, StreamBed.Options with { MaximumRecordAge = TimeSpan.FromSeconds(60) }, failures);

        StreamBed.Batches(function).Should().Equal("young");
        failures.SortKeys.Should().Equal("old");
        var written = failures.Objects.Values.Single();
        written["requestContext"]!["condition"]!.GetValue<string>().Should().Be("RecordAgeExceeded");
        written["requestContext"]!["approximateInvokeCount"]!.GetValue<int>().Should().Be(0);
        written["responseContext"].Should().BeNull("nothing was invoked");
    }

    [Fact]
    public async Task A_record_as_old_as_the_limit_still_goes_to_the_function()
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.InsertAsync(("a", "old"));
        bed.Time.Advance(TimeSpan.FromSeconds(60));
        var function = new FakeFunction(_ => StreamBed.AllGood);

        StreamBed.Run(bed, function, StreamBed.Options with { MaximumRecordAge = TimeSpan.FromSeconds(60) });

        StreamBed.Batches(function).Should().Equal("old");
    }

    [Fact]
    public async Task Records_given_up_are_not_passed_again_after_a_restart()
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.InsertAsync(("a", "bad"));
        StreamBed.Run(bed, new FakeFunction(StreamBed.FailBad), StreamBed.Options with { MaximumRetryAttempts = 0 }, new CollectedFailures());
        var function = new FakeFunction(_ => StreamBed.AllGood);

        StreamBed.Run(bed, function);

        function.Events.Should().BeEmpty();
    }

    [Fact]
    public async Task A_record_that_expires_between_retries_is_given_up_with_the_number_of_its_invocations()
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.InsertAsync(("a", "bad"));
        var failures = new CollectedFailures();
        var options = StreamBed.Options with { MaximumRecordAge = TimeSpan.FromSeconds(60), FirstBackoff = TimeSpan.FromSeconds(90), LongestBackoff = TimeSpan.FromSeconds(90) };

        StreamBed.Run(bed, new FakeFunction(StreamBed.ThrowOnBad), options, failures, () => Pass(bed, seconds: 90));

        var written = failures.Objects.Values.Should().ContainSingle().Subject;
        written["requestContext"]!["approximateInvokeCount"]!.GetValue<int>().Should().Be(1);
        written["responseContext"]!["functionError"]!.GetValue<string>().Should().Be("Unhandled");
    }

    [Theory]
    [InlineData(0.0, 500)]
    [InlineData(0.5, 750)]
    [InlineData(0.998, 999)]
    public async Task The_first_pause_is_between_half_and_all_of_FirstBackoff(double share, int milliseconds)
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.InsertAsync(("a", "bad"));
        var function = new FakeFunction(StreamBed.FailBad);
        var before = 0;

        StreamBed.Run(
            bed, function, StreamBed.Options with { FirstBackoff = TimeSpan.FromSeconds(1) }, new FixedShare(share), null,
            () => Pass(bed, (milliseconds - 1) / 1_000.0),
            () =>
            {
                before = function.Events.Count;
                return Pass(bed, 0.001);
            });

        (before, function.Events.Count).Should().Be((1, 2));
    }

    [Fact]
    public async Task A_fault_of_the_destination_ends_the_mapping_and_loses_no_record()
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.InsertAsync(("a", "bad"));
        var options = StreamBed.Options with { MaximumRetryAttempts = 0 };

        var run = () => StreamBed.Run(bed, new FakeFunction(StreamBed.FailBad), options, new FullDisk());
        run.Should().Throw<IOException>();
        var failures = new CollectedFailures();
        StreamBed.Run(bed, new FakeFunction(StreamBed.FailBad), options, failures);

        failures.SortKeys.Should().Equal("bad");
    }

    private static Task Pass(TableBed bed, double seconds)
    {
        bed.Time.Advance(TimeSpan.FromSeconds(seconds));
        return Task.CompletedTask;
    }

    private static string Failures(JsonNode input, params int[] records) =>
        $$"""{"batchItemFailures":[{{string.Join(',', records.Select(record => $$"""{"itemIdentifier":"{{input["Records"]![record]!["dynamodb"]!["SequenceNumber"]}}"}"""))}}]}""";

    private sealed class FixedShare(double share) : Random
    {
        public override double NextDouble() => share;
    }

    private sealed class FullDisk : IOnFailureDestination
    {
        public Task WriteAsync(string key, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) => throw new IOException("disk full");
    }
}
