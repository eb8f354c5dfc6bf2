using DataToEvents.Emulator.DeliveryStreams;

namespace DataToEvents.Emulator.Tests.DeliveryStreams;

public class BufferRoomTests
{
    [Theory]
    [InlineData(10, 100, 2)]
    [InlineData(9, 100, 1)]
    [InlineData(15, 100, 3)]
    [InlineData(100, 2, 2)]
    [InlineData(4, 100, 0)]
    public void As_many_of_the_first_records_as_fit_are_accepted(long bytes, long records, int taken)
    {
        var room = new BufferRoom(bytes, records);

        room.Reserve(Records(5, 5, 5)).Should().Be(taken);
        (room.Bytes, room.Records).Should().Be((5 * taken, taken));
    }

    [Fact]
    public void A_later_record_never_takes_the_room_of_an_earlier_one()
    {
        var room = new BufferRoom(10, 100);

        room.Reserve(Records(5, 6, 1)).Should().Be(1);
    }

    [Fact]
    public void Released_room_can_be_reserved_again()
    {
        var room = new BufferRoom(10, 100);
        room.Reserve(Records(5, 5));

        room.Release(5, 1);

        room.Reserve(Records(5, 5)).Should().Be(1);
    }

    [Theory]
    [InlineData(10, 3, 5, 1)]
    [InlineData(20_000_000, 3, 5, 1)]
    [InlineData(10, 20_000, 5, 1)]
    public void A_waiting_feeder_continues_when_a_full_call_fits_again(long bytes, long records, int length, int count) => OneThread.Run(async () =>
    {
        var room = new BufferRoom(bytes, records);
        room.WaitAsync(CancellationToken.None).IsCompleted.Should().BeTrue();
        room.Reserve(Records([.. Enumerable.Repeat(length, 3)]));
        var taken = room.Records;

        var waiting = room.WaitAsync(CancellationToken.None);
        for (; taken > count; taken--)
        {
            room.Release(length, 1);
        }

        await OneThread.IdleAsync();
        waiting.IsCompleted.Should().BeFalse();
        room.Release(length, 1);
        await waiting;
    });

    [Fact]
    public void Records_of_an_earlier_run_count_even_above_the_limit()
    {
        var room = new BufferRoom(10, 100);

        room.Restore(30, 2);

        (room.Bytes, room.Records).Should().Be((30, 2));
        room.Reserve(Records(1)).Should().Be(0);
    }

    private static ReadOnlyMemory<byte>[] Records(params int[] lengths) => [.. lengths.Select(length => (ReadOnlyMemory<byte>)new byte[length])];
}
