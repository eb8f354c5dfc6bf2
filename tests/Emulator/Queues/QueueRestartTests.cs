using DataToEvents.Emulator.Queues;

namespace DataToEvents.Emulator.Tests.Queues;

public class QueueRestartTests
{
    [Fact]
    public async Task Messages_their_order_and_deletions_survive_a_restart()
    {
        using var file = new TemporaryFile();
        await using var bed = await QueueBed.OpenAsync(path: file.Path);
        var sent = await bed.SendAllAsync(("a", "a1"), ("a", "a2"), ("b", "b1"));
        var received = await bed.Queue.ReceiveAsync();
        await bed.Queue.DeleteBatchAsync([received[0].ReceiptHandle]);

        await bed.RestartAsync(file.Path);

        var again = await bed.Queue.ReceiveAsync();
        again.Select(message => (QueueBed.Body(message), message.MessageId, message.SequenceNumber)).Should().Equal(
            ("a2", sent[1].MessageId, sent[1].SequenceNumber), ("b1", sent[2].MessageId, sent[2].SequenceNumber));
        again.Should().OnlyContain(message => message.DeduplicationId == QueueBed.Body(message));
    }

    [Fact]
    public async Task After_a_restart_the_deduplication_ids_of_waiting_and_of_deleted_messages_are_remembered()
    {
        using var file = new TemporaryFile();
        await using var bed = await QueueBed.OpenAsync(path: file.Path);
        var sent = await bed.SendAllAsync(("a", "deleted"), ("b", "waits"));
        await bed.Queue.DeleteBatchAsync([(await bed.Queue.ReceiveAsync(max: 1))[0].ReceiptHandle]);
        await bed.RestartAsync(file.Path);

        var repeated = await bed.SendAllAsync(("a", "deleted"), ("b", "waits"));

        repeated.Should().Equal(sent);
        bed.Queue.Stats.Depth.Should().Be(1);
    }

    [Fact]
    public async Task After_a_restart_a_waiting_message_is_remembered_although_an_earlier_one_with_its_id_was_deleted()
    {
        using var file = new TemporaryFile();
        await using var bed = await QueueBed.OpenAsync(path: file.Path);
        await bed.SendAsync("a", "x");
        await bed.Queue.DeleteBatchAsync([(await bed.Queue.ReceiveAsync())[0].ReceiptHandle]);
        bed.Time.Advance(QueueLimits.DeduplicationWindow);
        var waiting = await bed.SendAsync("a", "x");
        await bed.RestartAsync(file.Path);

        var repeated = await bed.SendAsync("a", "x");

        repeated.MessageId.Should().Be(waiting.MessageId);
        bed.Queue.Stats.Depth.Should().Be(1);
    }

    [Fact]
    public async Task Two_deletions_of_the_same_messages_at_the_same_time_succeed_and_every_id_is_remembered()
    {
        using var file = new TemporaryFile();
        await using var bed = await QueueBed.OpenAsync(path: file.Path);
        var sent = await bed.SendAllAsync(("a", "1"), ("b", "2"), ("c", "3"));
        using var commitGoesOn = new ManualResetEventSlim();
        var commit = bed.Database.InTransactionAsync(_ => commitGoesOn.Wait());
        var one = bed.Queue.RemoveAsync(sent[0].SequenceNumber);
        var all = bed.Queue.PurgeAsync();

        commitGoesOn.Set();
        await Task.WhenAll(commit, one, all);
        await bed.RestartAsync(file.Path);

        (await bed.SendAllAsync(("a", "1"), ("b", "2"), ("c", "3"))).Should().BeEquivalentTo(sent);
        bed.Queue.Stats.Depth.Should().Be(0);
    }

    [Fact]
    public async Task Sequence_numbers_never_go_back_even_when_the_queue_was_empty()
    {
        using var file = new TemporaryFile();
        await using var bed = await QueueBed.OpenAsync(path: file.Path);
        var before = await bed.SendAsync("a", "x");
        await bed.Queue.PurgeAsync();
        bed.Time.Advance(QueueLimits.DeduplicationWindow);
        await bed.Queue.SweepAsync();
        await bed.RestartAsync(file.Path);

        var after = await bed.SendAsync("a", "x");

        string.CompareOrdinal(after.SequenceNumber, before.SequenceNumber).Should().BePositive();
        after.MessageId.Should().NotBe(before.MessageId);
    }

    [Fact]
    public async Task Message_attributes_survive_a_restart()
    {
        using var file = new TemporaryFile();
        await using var bed = await QueueBed.OpenAsync(path: file.Path);
        var attributes = new Dictionary<string, MessageAttribute> { ["ERROR_CODE"] = MessageAttribute.OfText("SDK_CLIENT_ERROR"), ["bytes"] = new("Binary.png", new byte[] { 0, 255 }) };
        await bed.Queue.SendBatchAsync([new SendEntry("a", "1", "with"u8.ToArray(), Attributes: attributes), new SendEntry("b", "2", "without"u8.ToArray())]);
        await bed.RestartAsync(file.Path);

        var received = await bed.Queue.ReceiveAsync(max: 10);

        received.Select(message => message.Attributes).Should().BeEquivalentTo(new[] { attributes, [] }, options => options.ComparingByValue<MessageAttribute>());
    }

    [Fact]
    public async Task Messages_older_than_the_retention_are_deleted()
    {
        await using var bed = await QueueBed.OpenAsync();
        await bed.SendAsync("a", "old");
        bed.Time.Advance(TimeSpan.FromDays(4) - TimeSpan.FromSeconds(1));
        await bed.SendAsync("a", "young");
        bed.Time.Advance(TimeSpan.FromSeconds(1));

        await bed.Queue.SweepAsync();

        bed.Queue.Stats.Expired.Should().Be(1);
        (await bed.ReceiveBodiesAsync()).Should().Equal("young");
    }

    [Fact]
    public async Task Housekeeping_forgets_expired_deduplication_ids_on_disk()
    {
        await using var bed = await QueueBed.OpenAsync();
        using var stop = new CancellationTokenSource();
        var running = bed.Queue.RunAsync(stop.Token);
        await bed.SendAsync("a", "x");
        await bed.Queue.DeleteBatchAsync([(await bed.Queue.ReceiveAsync())[0].ReceiptHandle]);

        bed.Time.Advance(QueueLimits.DeduplicationWindow + TimeSpan.FromMinutes(1));
        await stop.CancelAsync();
        await running;

        (await bed.Database.InTransactionAsync(connection => connection.Scalar("SELECT count(*) FROM queue_deleted"))).Should().Be(0L);
    }
}
