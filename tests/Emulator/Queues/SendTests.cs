using DataToEvents.Emulator.Queues;

namespace DataToEvents.Emulator.Tests.Queues;

public class SendTests
{
    [Fact]
    public async Task Sequence_numbers_have_20_digits_and_increase()
    {
        await using var bed = await QueueBed.OpenAsync();

        var outcomes = await bed.SendAllAsync(("a", "1"), ("b", "2"), ("a", "3"));

        outcomes.Should().OnlyContain(outcome => outcome.Error == null && outcome.SequenceNumber.Length == 20);
        outcomes.Select(outcome => outcome.SequenceNumber).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        outcomes.Select(outcome => outcome.MessageId).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task A_duplicate_within_five_minutes_succeeds_with_the_id_of_its_original_and_adds_nothing()
    {
        await using var bed = await QueueBed.OpenAsync();
        var original = await bed.SendAsync("a", "first", "id");
        bed.Time.Advance(QueueLimits.DeduplicationWindow - TimeSpan.FromMilliseconds(1));

        var repeated = await bed.SendAsync("a", "second", "id");

        repeated.Should().Be(original);
        bed.Queue.Stats.Should().Match<QueueStats>(stats => stats.Depth == 1 && stats.Sent == 1 && stats.Deduplicated == 1);
        (await bed.ReceiveBodiesAsync()).Should().Equal("first");
    }

    [Fact]
    public async Task A_message_over_the_limit_of_its_queue_is_refused_and_the_others_of_its_batch_are_not()
    {
        await using var bed = await QueueBed.OpenAsync();
        await using var narrow = await MessageQueue.OpenAsync(bed.Database, new QueueOptions { Name = "narrow.fifo", MaxMessageBytes = 1_024 }, bed.Time, new Random(1));

        var outcomes = await narrow.SendBatchAsync([QueueBed.Entry("a", new string('x', 1_024), "1"), QueueBed.Entry("b", new string('x', 1_025), "2")]);

        outcomes.Select(outcome => outcome.Error?.Code).Should().Equal(null, "InvalidParameterValue");
        narrow.Stats.Depth.Should().Be(1);
    }

    [Fact]
    public async Task After_five_minutes_the_same_id_is_a_new_message()
    {
        await using var bed = await QueueBed.OpenAsync();
        var first = await bed.SendAsync("a", "first", "id");
        bed.Time.Advance(QueueLimits.DeduplicationWindow);

        var second = await bed.SendAsync("a", "second", "id");

        second.MessageId.Should().NotBe(first.MessageId);
        bed.Queue.Stats.Depth.Should().Be(2);
    }

    [Fact]
    public async Task A_deduplication_id_is_remembered_after_the_message_was_deleted()
    {
        await using var bed = await QueueBed.OpenAsync();
        var original = await bed.SendAsync("a", "first", "id");
        await bed.Queue.DeleteBatchAsync([(await bed.Queue.ReceiveAsync())[0].ReceiptHandle]);

        var repeated = await bed.SendAsync("a", "first", "id");

        repeated.Should().Be(original);
        bed.Queue.Stats.Depth.Should().Be(0);
    }

    [Fact]
    public async Task The_scope_of_deduplication_is_the_message_group()
    {
        await using var bed = await QueueBed.OpenAsync();
        await bed.SendAsync("a", "1", "id");

        await bed.SendAsync("b", "2", "id");

        bed.Queue.Stats.Depth.Should().Be(2);
    }

    [Fact]
    public async Task A_duplicate_within_one_batch_is_recognised_too()
    {
        await using var bed = await QueueBed.OpenAsync();

        var outcomes = await bed.Queue.SendBatchAsync([QueueBed.Entry("a", "x", "id"), QueueBed.Entry("a", "y", "id")]);

        outcomes[1].Should().BeEquivalentTo(outcomes[0], options => options.Excluding(outcome => outcome.Id));
        (await bed.ReceiveBodiesAsync()).Should().Equal("x");
    }

    [Fact]
    public async Task A_duplicate_of_a_message_that_is_not_durable_yet_is_answered_after_it()
    {
        using var file = new TemporaryFile();
        await using var bed = await QueueBed.OpenAsync(path: file.Path);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => bed.SendAsync("a", "x", "id")));

        outcomes.Distinct().Should().ContainSingle();
        bed.Queue.Stats.Depth.Should().Be(1);
    }

    [Theory]
    [InlineData(0, "AWS.SimpleQueueService.EmptyBatchRequest")]
    [InlineData(11, "AWS.SimpleQueueService.TooManyEntriesInBatchRequest")]
    public async Task A_batch_has_1_to_10_entries(int entries, string code)
    {
        await using var bed = await QueueBed.OpenAsync();

        var send = () => bed.Queue.SendBatchAsync([.. Enumerable.Range(0, entries).Select(i => QueueBed.Entry("a", $"{i}"))]);

        (await send.Should().ThrowAsync<ServiceException>()).Which.Code.Should().Be(code);
    }

    [Fact]
    public async Task A_batch_of_1_MiB_is_accepted_and_one_byte_more_is_not()
    {
        await using var bed = await QueueBed.OpenAsync();
        SendEntry[] most = [QueueBed.Entry("a", new string('x', 1_000_000), "1"), QueueBed.Entry("a", new string('x', 48_576), "2")];

        var accepted = await bed.Queue.SendBatchAsync(most);
        var send = () => bed.Queue.SendBatchAsync([.. most, QueueBed.Entry("a", "x", "3")]);

        accepted.Should().OnlyContain(outcome => outcome.Error == null);
        (await send.Should().ThrowAsync<ServiceException>()).Which.Code.Should().Be("AWS.SimpleQueueService.BatchRequestTooLong");
    }

    [Fact]
    public async Task Characters_that_SQS_forbids_fail_only_the_entry_that_has_them()
    {
        await using var bed = await QueueBed.OpenAsync();
        byte[][] bodies = ["before"u8.ToArray(), [0xC3], "\0"u8.ToArray(), "a\u001fb"u8.ToArray(), "\ufffe"u8.ToArray(), "\uffff"u8.ToArray(), [], "after"u8.ToArray()];

        var outcomes = await bed.Queue.SendBatchAsync([.. bodies.Select((body, i) => new SendEntry("a", $"{i}", body))]);

        const string Invalid = "InvalidMessageContents";
        outcomes.Select(outcome => outcome.Error?.Code).Should().Equal(null, Invalid, Invalid, Invalid, Invalid, Invalid, "MissingParameter", null);
        (await bed.ReceiveBodiesAsync()).Should().Equal("before", "after");
    }

    [Theory]
    [InlineData("\t\n\r ~\u007f\u0080\ud7ff\ue000\ufffd")]
    [InlineData("\U00010000\U0010ffff José 🎉")]
    public async Task All_other_characters_arrive_unchanged(string allowed)
    {
        await using var bed = await QueueBed.OpenAsync();

        await bed.SendAsync("a", allowed, "id");

        (await bed.ReceiveBodiesAsync()).Should().Equal(allowed);
    }

    [Fact]
    public async Task Ids_are_1_to_128_alphanumeric_or_punctuation_characters()
    {
        await using var bed = await QueueBed.OpenAsync();
        SendEntry[] entries =
        [
            new(new string('g', 128), new string('d', 128), "x"u8.ToArray()),
            new(new string('g', 129), "1", "x"u8.ToArray()),
            new("a", new string('d', 129), "x"u8.ToArray()),
            new("a b", "2", "x"u8.ToArray()),
        ];

        var outcomes = await bed.Queue.SendBatchAsync(entries);

        outcomes.Select(outcome => outcome.Error?.Code).Should().Equal(
            null, "InvalidParameterValue", "InvalidParameterValue", "InvalidParameterValue");
    }

    /// <summary>Recorded on AWS in April 2024, for the group.</summary>
    [Theory]
    [InlineData(null, "2", "The request must contain the parameter MessageGroupId.")]
    [InlineData("a", null, "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly")]
    public async Task One_entry_without_group_or_deduplication_id_fails_the_whole_call(string? group, string? deduplication, string reason)
    {
        await using var bed = await QueueBed.OpenAsync();

        var send = () => bed.Queue.SendBatchAsync([QueueBed.Entry("a", "1"), new SendEntry(group, deduplication, "x"u8.ToArray())]);

        var refusal = (await send.Should().ThrowAsync<ServiceException>()).Which;
        (refusal.Code, refusal.Message).Should().Be(("InvalidParameterValue", reason));
        bed.Queue.Stats.Depth.Should().Be(0);
    }

    [Theory]
    [InlineData("same", "same", "AWS.SimpleQueueService.BatchEntryIdsNotDistinct")]
    [InlineData("ok", "not ok", "AWS.SimpleQueueService.InvalidBatchEntryId")]
    public async Task Entry_ids_must_be_distinct_and_valid(string first, string second, string code)
    {
        await using var bed = await QueueBed.OpenAsync();
        var body = Encoding.UTF8.GetBytes("x");

        var send = () => bed.Queue.SendBatchAsync([new("a", "1", body, first), new("a", "2", body, second)]);

        (await send.Should().ThrowAsync<ServiceException>()).Which.Code.Should().Be(code);
    }

    [Theory]
    [InlineData(0, "AWS.SimpleQueueService.InvalidBatchEntryId")]
    [InlineData(80, null)]
    [InlineData(81, "AWS.SimpleQueueService.InvalidBatchEntryId")]
    public async Task Entry_ids_have_1_to_80_characters(int length, string? code)
    {
        await using var bed = await QueueBed.OpenAsync();
        var id = new string('i', length);

        var send = () => bed.Queue.SendBatchAsync([new("a", "1", "x"u8.ToArray(), id)]);

        if (code is null)
        {
            (await send()).Should().ContainSingle().Which.Id.Should().Be(id);
        }
        else
        {
            (await send.Should().ThrowAsync<ServiceException>()).Which.Code.Should().Be(code);
        }
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "AWS.SimpleQueueService.BatchRequestTooLong")]
    public async Task Names_types_and_values_of_attributes_add_to_the_size_of_a_batch(int more, string? code)
    {
        await using var bed = await QueueBed.OpenAsync();
        var attributes = new Dictionary<string, MessageAttribute> { ["José"] = MessageAttribute.OfText("é"), ["b"] = MessageAttribute.OfText("") };
        var body = new string('x', QueueLimits.MaxBatchBytes - "José"u8.Length - "String"u8.Length - "é"u8.Length - "bString"u8.Length + more);

        var send = () => bed.Queue.SendBatchAsync([QueueBed.Entry("a", body, "1") with { Attributes = attributes }]);

        if (code is null)
        {
            (await send()).Should().ContainSingle().Which.Error.Should().BeNull();
        }
        else
        {
            (await send.Should().ThrowAsync<ServiceException>()).Which.Code.Should().Be(code);
        }
    }

    [Fact]
    public async Task An_entry_without_an_id_answers_with_its_index()
    {
        await using var bed = await QueueBed.OpenAsync();

        var outcomes = await bed.Queue.SendBatchAsync([QueueBed.Entry("a", "x"), QueueBed.Entry("a", "", "id"), QueueBed.Entry("a", "z") with { Id = "own" }]);

        outcomes.Select(outcome => (outcome.Id, outcome.Error is null)).Should().Equal(("0", true), ("1", false), ("own", true));
    }

    [Fact]
    public async Task A_batch_of_nothing_but_errors_sends_nothing()
    {
        await using var bed = await QueueBed.OpenAsync();

        var outcomes = await bed.Queue.SendBatchAsync([QueueBed.Entry("a", "\0", "id")]);
        var again = await bed.SendAsync("a", "fine", "id");

        outcomes.Single().Error.Should().NotBeNull();
        again.Error.Should().BeNull("what was refused is not remembered");
        bed.Queue.Stats.Should().Match<QueueStats>(stats => stats.Sent == 1 && stats.Deduplicated == 0);
    }
}
