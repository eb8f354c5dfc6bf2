using DataToEvents.Emulator.DeliveryStreams;
using DataToEvents.Emulator.Tests.Flow;

namespace DataToEvents.Emulator.Tests.DeliveryStreams;

public sealed class PutTests
{
    private static readonly ReadOnlyMemory<byte> _largest = new byte[DeliveryStreamLimits.MaxRecordBytes];

    [Fact]
    public void Every_accepted_record_gets_a_unique_id_even_after_a_restart() => FlowThread.Run(async () =>
    {
        await using var fixture = await StreamFixture.OpenAsync();
        var ids = new List<string?>();
        for (var i = 0; i < 3; i++)
        {
            var result = await fixture.PutAsync("a", "a");
            ids.AddRange(Enumerable.Range(0, result.Count).Select(index => result[index].RecordId));
            ids.Add(await fixture.Stream.PutRecordAsync(StreamFixture.Utf8("b")));
            await fixture.Stream.FlushAsync();
            await fixture.RestartAsync();
        }

        ids.Should().OnlyHaveUniqueItems().And.NotContainNulls().And.BeInAscendingOrder(StringComparer.Ordinal)
            .And.AllSatisfy(static id => id.Should().MatchRegex("^[0-9]{62}$", "that long are Firehose's"));
    });

    [Fact]
    public void A_call_of_500_records_is_accepted_and_one_of_501_or_none_is_an_invalid_argument() => FlowThread.Run(async () =>
    {
        await using var fixture = await StreamFixture.OpenAsync();

        var result = await fixture.Stream.PutRecordBatchAsync(new ReadOnlyMemory<byte>[500]);

        result.FailedPutCount.Should().Be(0);
        await RefusesAsync(fixture, new ReadOnlyMemory<byte>[501]);
        await RefusesAsync(fixture, []);
    });

    [Fact]
    public void A_record_of_1000_KiB_is_accepted_and_one_byte_more_is_an_invalid_argument() => FlowThread.Run(async () =>
    {
        await using var fixture = await StreamFixture.OpenAsync();

        await fixture.Stream.PutRecordAsync(_largest);

        await RefusesAsync(fixture, [new byte[DeliveryStreamLimits.MaxRecordBytes + 1]]);
    });

    [Fact]
    public void A_call_of_4_MiB_is_accepted_and_one_byte_more_is_an_invalid_argument() => FlowThread.Run(async () =>
    {
        await using var fixture = await StreamFixture.OpenAsync();
        var rest = DeliveryStreamLimits.MaxBytesPerCall - (4 * _largest.Length);

        var result = await fixture.Stream.PutRecordBatchAsync([_largest, _largest, _largest, _largest, new byte[rest]]);

        result.FailedPutCount.Should().Be(0);
        await RefusesAsync(fixture, [_largest, _largest, _largest, _largest, new byte[rest + 1]]);
    });

    [Fact]
    public void A_full_buffer_refuses_the_end_of_a_call_with_ServiceUnavailable_per_entry() => FlowThread.Run(async () =>
    {
        var options = new DeliveryStreamOptions { Name = "s", MaxBufferedBytes = 10 };
        await using var fixture = await StreamFixture.OpenAsync(options, run: false);

        var result = await fixture.PutAsync("12345", "1234", "12", "1");

        result.FailedPutCount.Should().Be(2);
        result[1].RecordId.Should().NotBeNull();
        result[2].Should().BeEquivalentTo(new { RecordId = (string?)null, ErrorCode = "ServiceUnavailableException" });
        result[3].ErrorCode.Should().Be("ServiceUnavailableException", "a later record must not overtake a refused one");
        fixture.Stream.Stats.Should().BeEquivalentTo(new { Accepted = 2L, Refused = 2L, BufferedRecords = 2L, BufferedBytes = 9L });
    });

    [Fact]
    public void The_number_of_records_limits_the_buffer_too() => FlowThread.Run(async () =>
    {
        var options = new DeliveryStreamOptions { Name = "s", MaxBufferedRecords = 3 };
        await using var fixture = await StreamFixture.OpenAsync(options, run: false);

        (await fixture.PutAsync("", "", "", "")).FailedPutCount.Should().Be(1);
        (await fixture.PutAsync("")).FailedPutCount.Should().Be(1);
        fixture.Stream.Stats.Should().BeEquivalentTo(new { Accepted = 3L, Refused = 2L });
    });

    [Fact]
    public void Records_that_could_not_be_stored_release_their_room() => FlowThread.Run(async () =>
    {
        await using var fixture = await StreamFixture.OpenAsync(run: false);
        await fixture.PutAsync("abc");
        await fixture.LoseDatabaseAsync();

        await fixture.Awaiting(one => one.PutAsync("de", "f")).Should().ThrowAsync<Exception>();

        fixture.Stream.Stats.Should().BeEquivalentTo(new { Accepted = 1L, BufferedRecords = 1L, BufferedBytes = 3L });
    });

    [Fact]
    public void A_feeder_waits_for_room_until_records_were_transformed() => FlowThread.Run(async () =>
    {
        var options = new DeliveryStreamOptions { Name = "s", MaxBufferedRecords = 2 };
        await using var fixture = await StreamFixture.OpenAsync(options);
        await fixture.PutAsync("a", "b");
        var room = fixture.Stream.WaitForRoomAsync();
        await FlowThread.Settle();
        room.IsCompleted.Should().BeFalse();

        await fixture.Stream.FlushAsync();
        await room;

        (await fixture.PutAsync("c", "d")).FailedPutCount.Should().Be(0);
    });

    [Fact]
    public void A_feeder_may_stop_waiting() => FlowThread.Run(async () =>
    {
        var options = new DeliveryStreamOptions { Name = "s", MaxBufferedRecords = 1 };
        await using var fixture = await StreamFixture.OpenAsync(options, run: false);
        await fixture.PutAsync("a");
        using var giveUp = new CancellationTokenSource();
        var room = fixture.Stream.WaitForRoomAsync(giveUp.Token);

        giveUp.Cancel();

        await FluentActions.Awaiting(() => room).Should().ThrowAsync<OperationCanceledException>();
    });

    private static async Task RefusesAsync(StreamFixture fixture, IReadOnlyList<ReadOnlyMemory<byte>> records)
    {
        var accepted = fixture.Stream.Stats.Accepted;
        (await fixture.Stream.Invoking(stream => stream.PutRecordBatchAsync(records)).Should().ThrowAsync<ServiceException>())
            .Which.Code.Should().Be("InvalidArgumentException");
        fixture.Stream.Stats.Accepted.Should().Be(accepted);
    }
}
