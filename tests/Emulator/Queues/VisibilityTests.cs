using DataToEvents.Emulator.Queues;

namespace DataToEvents.Emulator.Tests.Queues;

public class VisibilityTests
{
    [Theory]
    [InlineData(-1, "InvalidParameterValue")]
    [InlineData(0, null)]
    [InlineData(12 * 60 * 60 * 1_000, null)]
    [InlineData((12 * 60 * 60 * 1_000) + 1, "InvalidParameterValue")]
    public async Task A_message_is_hidden_for_0_to_12_hours(int milliseconds, string? refusal)
    {
        await using var bed = await QueueBed.OpenAsync();
        await bed.SendAsync("a", "a1");
        var received = await bed.Queue.ReceiveAsync();

        bed.Queue.ChangeVisibility(received[0].ReceiptHandle, TimeSpan.FromMilliseconds(milliseconds))?.Code.Should().Be(refusal);
        bed.Queue.Stats.InFlight.Should().Be(milliseconds == 0 ? 0 : 1);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_delays_no_message()
    {
        await using var bed = await QueueBed.OpenAsync();
        await bed.SendAsync("a", "a1");

        bed.Time.AdjustTime(bed.Time.GetUtcNow().AddMinutes(-1));
        await bed.SendAsync("a", "a2");

        (await bed.ReceiveBodiesAsync()).Should().Equal("a1", "a2");
    }

    [Fact]
    public async Task A_clock_that_is_set_forward_lets_no_message_overtake_a_delayed_one()
    {
        await using var bed = await QueueBed.OpenAsync();
        bed.Queue.State.Change(bed.Queue.Options with { Delay = TimeSpan.FromSeconds(10) });
        await bed.SendAsync("a", "a1");
        bed.Queue.State.Change(bed.Queue.Options with { Delay = TimeSpan.Zero });

        bed.Time.AdjustTime(bed.Time.GetUtcNow().AddMinutes(1));
        await bed.SendAsync("a", "a2");

        (await bed.ReceiveBodiesAsync()).Should().Equal("a1", "a2");
    }

    [Fact]
    public async Task A_receive_can_set_a_visibility_timeout_of_its_own()
    {
        await using var bed = await QueueBed.OpenAsync();
        await bed.SendAsync("a", "a1");
        await bed.Queue.ReceiveAsync(visibility: TimeSpan.FromSeconds(5));

        bed.Time.Advance(TimeSpan.FromSeconds(5));

        (await bed.ReceiveBodiesAsync()).Should().Equal("a1");
    }

    [Fact]
    public async Task The_visibility_of_a_message_that_is_gone_cannot_be_changed()
    {
        await using var bed = await QueueBed.OpenAsync();
        await bed.SendAsync("a", "a1");
        var received = await bed.Queue.ReceiveAsync();
        await bed.Queue.DeleteBatchAsync([received[0].ReceiptHandle]);

        var error = bed.Queue.ChangeVisibility(received[0].ReceiptHandle, TimeSpan.FromSeconds(1));

        error!.Code.Should().Be("MessageNotInflight");
    }

    /// <summary>Recorded on AWS by LocalStack: test_change_message_visibility_after_visibility_timeout_expiration, test_delete_after_visibility_timeout.</summary>
    [Fact]
    public async Task An_expired_handle_of_a_standard_queue_deletes_and_changes_the_visibility()
    {
        await using var bed = await QueueBed.OpenAsync();
        await using var plain = await MessageQueue.OpenAsync(bed.Database, new QueueOptions { Name = "plain", Fifo = false }, bed.Time, new Random(1));
        await plain.SendBatchAsync([new(null, null, "x"u8.ToArray())]);
        var received = await plain.ReceiveAsync();
        bed.Time.Advance(plain.Options.VisibilityTimeout);

        var hidden = plain.ChangeVisibility(received[0].ReceiptHandle, TimeSpan.FromSeconds(1));
        var deleted = await plain.DeleteBatchAsync([received[0].ReceiptHandle]);

        hidden.Should().BeNull();
        deleted.Should().Equal((EntryError?)null);
        plain.Stats.Depth.Should().Be(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not base64!")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("//////////8AAAAAAAAAAA==")]
    [InlineData("/////////38AAAAAAAAAAA==")]
    public async Task A_text_that_no_receive_gave_is_not_a_receipt_handle(string handle)
    {
        await using var bed = await QueueBed.OpenAsync();
        await bed.SendAsync("a", "a1");
        await bed.Queue.ReceiveAsync();

        (await bed.Queue.DeleteBatchAsync([handle]))[0]!.Code.Should().Be("ReceiptHandleIsInvalid");
        bed.Queue.ChangeVisibility(handle, TimeSpan.Zero)!.Code.Should().Be("ReceiptHandleIsInvalid");
        bed.Queue.Stats.InFlight.Should().Be(1);
    }

    [Fact]
    public async Task A_message_that_is_made_visible_wakes_a_waiting_receive()
    {
        await using var bed = await QueueBed.OpenAsync();
        await bed.SendAsync("a", "a1");
        var received = await bed.Queue.ReceiveAsync();
        var waiting = bed.Queue.ReceiveAsync(wait: Timeout.InfiniteTimeSpan);

        bed.Queue.ChangeVisibility(received[0].ReceiptHandle, TimeSpan.Zero);

        (await waiting.WaitAsync(QueueBed.Patience)).Select(QueueBed.Body).Should().Equal("a1");
    }

    [Fact]
    public async Task The_message_that_becomes_visible_first_is_received_first()
    {
        await using var bed = await QueueBed.OpenAsync();
        await bed.SendAllAsync(("a", "late"), ("b", "early"));
        await bed.Queue.ReceiveAsync(max: 1, visibility: TimeSpan.FromSeconds(20));
        await bed.Queue.ReceiveAsync(max: 1, visibility: TimeSpan.FromSeconds(10));
        var first = bed.Queue.ReceiveAsync(max: 1, wait: Timeout.InfiniteTimeSpan);
        var second = bed.Queue.ReceiveAsync(max: 1, wait: Timeout.InfiniteTimeSpan);

        bed.Time.Advance(TimeSpan.FromSeconds(10));
        (await first.WaitAsync(QueueBed.Patience)).Select(QueueBed.Body).Should().Equal("early");
        second.IsCompleted.Should().BeFalse();
        bed.Time.Advance(TimeSpan.FromSeconds(10));

        (await second.WaitAsync(QueueBed.Patience)).Select(QueueBed.Body).Should().Equal("late");
    }
}
