using DataToEvents.Emulator.DeliveryStreams;
using DataToEvents.Emulator.Objects;
using DataToEvents.Emulator.Storage;
using DataToEvents.Emulator.Tests.Flow;
using Microsoft.Extensions.Time.Testing;

namespace DataToEvents.Emulator.Tests.DeliveryStreams;

public sealed class LakeTests
{
    private static readonly BufferingHints _atOnce = new(1, TimeSpan.Zero);

    [Fact]
    public void The_key_of_an_object_has_the_arrival_time_of_its_oldest_record() => FlowThread.Run(async () =>
    {
        await using var fixture = await StreamFixture.OpenAsync();
        await fixture.PutAsync("old");
        fixture.Time.Advance(TimeSpan.FromSeconds(59));
        await fixture.PutAsync("young");
        fixture.Time.Advance(TimeSpan.FromHours(1));

        await fixture.Stream.FlushAsync();

        (await fixture.KeysAsync("")).Single().Should().MatchRegex(
            @"^lake/events/year=2026/month=11/day=24/hour=00/data-events-stream-1-2026-11-24-00-11-39-[0-9a-f-]{36}\.json\.gz$");
        (await fixture.LakeAsync()).Should().Equal("OLD", "YOUNG");
    });

    [Fact]
    public void An_object_is_written_after_its_interval() => FlowThread.Run(async () =>
    {
        var options = new DeliveryStreamOptions { Name = "s", Transform = _atOnce };
        await using var fixture = await StreamFixture.OpenAsync(options);
        await fixture.PutAsync("a");
        await FlowThread.Settle();
        fixture.Time.Advance(TimeSpan.FromSeconds(200));
        await fixture.PutAsync("b");
        await FlowThread.Settle();
        fixture.Time.Advance(TimeSpan.FromSeconds(99.999));
        await FlowThread.Settle();
        (await fixture.KeysAsync("")).Should().BeEmpty();

        fixture.Time.Advance(TimeSpan.FromMilliseconds(1));
        await FlowThread.Settle();

        (await fixture.LakeAsync()).Should().Equal("A", "B");
        fixture.Stream.Stats.Should().BeEquivalentTo(new { LakeLines = 2L, LakeObjects = 1L });
    });

    [Fact]
    public void A_full_object_is_written_at_once() => FlowThread.Run(async () =>
    {
        var options = new DeliveryStreamOptions { Name = "s", Transform = _atOnce, Lake = new BufferingHints(6, TimeSpan.FromSeconds(300)) };
        await using var fixture = await StreamFixture.OpenAsync(options);

        await fixture.PutAsync("aa", "bb", "cc");
        await FlowThread.Settle();

        (await fixture.LakeAsync()).Should().Equal("AA", "BB");
    });

    [Fact]
    public void A_delimiter_is_appended_when_asked_for() => FlowThread.Run(async () =>
    {
        var options = new DeliveryStreamOptions { Name = "s", AppendDelimiter = true };
        await using var fixture = await StreamFixture.OpenAsync(options, static payload => Transform.Each(payload, static record => Transform.Entry(record.Id, "Ok", record.Data)));
        await fixture.PutAsync("a", "b");

        await fixture.Stream.FlushAsync();

        (await fixture.LakeAsync()).Should().Equal("a", "b");
        fixture.Stream.Stats.LakeLines.Should().Be(2);
    });

    [Fact]
    public void A_crash_after_the_object_and_before_its_commit_rewrites_the_same_object() => FlowThread.Run(async () =>
    {
        // The bucket stops the stream when the object is written and its pieces are still in the database.
        var bucket = new HangingBucket();
        var options = new DeliveryStreamOptions { Name = "s", Transform = _atOnce };
        await using var fixture = await StreamFixture.OpenAsync(options, bucket: bucket);
        await fixture.PutAsync("a");
        _ = fixture.Stream.FlushAsync();
        await FlowThread.Settle();
        bucket.Puts.Should().HaveCount(1);

        await fixture.RestartAsync();
        await fixture.PutAsync("b");
        await FlowThread.Settle();
        bucket.IsHanging = false;
        await fixture.RestartAsync();
        await fixture.Stream.FlushAsync();

        bucket.Puts.Distinct().Should().HaveCount(2, "b came later and has an object of its own");
        (await fixture.LakeAsync()).Order().Should().Equal("A", "B");
        fixture.Stream.Stats.Should().BeEquivalentTo(new { LakeLines = 2L, RestoredLakeLines = 2L }, "what an earlier run queued is told apart");
    });

    [Fact]
    public async Task Accepted_records_survive_a_restart_from_disk()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "engine.db");
        var bucket = new DiskBucket(Path.Combine(folder.Path, "bucket"));
        var function = new ScriptedFunction("Transformer", Transform.AllOk);
        var options = new DeliveryStreamOptions { Name = "s" };
        await using (var database = Database.OpenFile(path))
        {
            using var stream = await DeliveryStream.OpenAsync(database, bucket, function, options, TimeProvider.System);
            await stream.PutRecordBatchAsync([StreamFixture.Utf8("a"), StreamFixture.Utf8("b")]);
            await stream.PutRecordAsync(StreamFixture.Utf8("c"));
        }

        await using var reopened = Database.OpenFile(path);
        using var again = await DeliveryStream.OpenAsync(reopened, bucket, function, options, TimeProvider.System);
        again.Stats.BufferedRecords.Should().Be(3);
        using var stop = new CancellationTokenSource();
        var running = again.RunAsync(stop.Token);
        await again.FlushAsync();
        await stop.CancelAsync();
        await running;

        again.Stats.Should().BeEquivalentTo(new { BufferedRecords = 0L, Transformed = 3L, LakeLines = 3L, RestoredLakeLines = 0L });
        (await bucket.ListAsync("lake/events/")).Should().ContainSingle();
    }

    [Fact]
    public void Two_streams_in_one_database_stay_separate() => FlowThread.Run(async () =>
    {
        await using var database = Database.OpenInMemory();
        var (one, other) = (new MemoryBucket(), new MemoryBucket());
        var function = new ScriptedFunction("Transformer", Transform.AllOk);
        using var left = await DeliveryStream.OpenAsync(database, one, function, new DeliveryStreamOptions { Name = "left" }, new FakeTimeProvider());
        using var right = await DeliveryStream.OpenAsync(database, other, function, new DeliveryStreamOptions { Name = "right" }, new FakeTimeProvider());
        await left.PutRecordAsync(StreamFixture.Utf8("l"));
        await right.PutRecordAsync(StreamFixture.Utf8("r"));
        using var stop = new CancellationTokenSource();
        var running = left.RunAsync(stop.Token);

        await left.FlushAsync();
        stop.Cancel();
        await running;

        (await one.ListAsync()).Should().ContainSingle();
        using var reopened = await DeliveryStream.OpenAsync(database, other, function, new DeliveryStreamOptions { Name = "right" }, new FakeTimeProvider());
        reopened.Stats.BufferedRecords.Should().Be(1);
    });

    [Theory]
    [InlineData("raw/", "raw/2026/01/02/03/")]
    [InlineData("", "2026/01/02/03/")]
    [InlineData("d=!{timestamp:yyyy-MM-dd}/h=!{timestamp:H}/", "d=2026-01-02/h=3/")]
    [InlineData("!{timestamp:yyyy}/", "2026/")]
    public void Prefix_expressions_are_those_of_Firehose(string expression, string evaluated) =>
        new ObjectPrefix(expression).At(new DateTimeOffset(2026, 1, 2, 1, 4, 5, TimeSpan.FromHours(-2))).Should().Be(evaluated);

    [Theory]
    [InlineData("!{timestamp:yyyy")]
    [InlineData("!{timestamp:}")]
    [InlineData("!{timestamp:EEE}")]
    [InlineData("!{firehose:error-output-type}/")]
    [InlineData("!{partitionKeyFromLambda:x}/")]
    public void An_unknown_prefix_expression_is_refused(string expression) =>
        FluentActions.Invoking(() => new ObjectPrefix(expression)).Should().Throw<ArgumentException>().WithMessage("*!{*");
}
