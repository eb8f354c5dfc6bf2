using DataToEvents.Emulator.Lambda.Mappings;
using DataToEvents.Emulator.Queues;

namespace DataToEvents.Emulator.Tests.Queues;

public class QueueSettingsTests
{
    [Theory]
    [InlineData("plain", true)]
    [InlineData("plain.fifo", false)]
    public async Task Only_the_name_of_a_FIFO_queue_ends_in_fifo(string name, bool fifo) =>
        (await RefusalAsync(new QueueOptions { Name = name, Fifo = fifo })).Should().Be("InvalidParameterValue");

    [Theory]
    [InlineData(1_023, "InvalidAttributeValue")]
    [InlineData(1_024, null)]
    [InlineData(1_048_576, null)]
    [InlineData(1_048_577, "InvalidAttributeValue")]
    public async Task The_maximum_message_size_can_be_set_from_1_KiB_to_1_MiB(int bytes, string? refusal) =>
        (await RefusalAsync(new QueueOptions { Name = "x.fifo", MaxMessageBytes = bytes })).Should().Be(refusal);

    [Theory]
    [InlineData(0, "InvalidParameterValue")]
    [InlineData(1, null)]
    [InlineData(1_000, null)]
    [InlineData(1_001, "InvalidParameterValue")]
    public async Task The_maximum_receive_count_is_1_to_1000(int receives, string? refusal)
    {
        await using var bed = await QueueBed.OpenAsync();

        (await RefusalAsync(new QueueOptions { Name = "x.fifo", Redrive = new RedrivePolicy(bed.DeadLetters, receives) })).Should().Be(refusal);
    }

    [Theory]
    [InlineData(0, 1, "InvalidParameterValueException")]
    [InlineData(1, 1, null)]
    [InlineData(10, 1, null)]
    [InlineData(11, 1, "InvalidParameterValueException")]
    [InlineData(10, 0, "InvalidParameterValueException")]
    public async Task A_mapping_takes_1_to_10_messages_and_at_least_one_invocation_at_a_time(int batchSize, int concurrency, string? refusal)
    {
        await using var bed = await QueueBed.OpenAsync();
        var options = new QueueEventSourceOptions { BatchSize = batchSize, MaximumConcurrency = concurrency, FunctionTimeout = QueueBed.Visibility };

        var create = () => new QueueEventSource(bed.Queue, new FakeFunction(_ => ""), options);

        Code(create).Should().Be(refusal);
    }

    [Fact]
    public async Task A_queue_that_was_ever_opened_exists()
    {
        await using var bed = await QueueBed.OpenAsync();

        (await MessageQueue.ExistsAsync(bed.Database, "events.fifo")).Should().BeTrue();
        (await MessageQueue.ExistsAsync(bed.Database, "other.fifo")).Should().BeFalse();
    }

    private static async Task<string?> RefusalAsync(QueueOptions options)
    {
        await using var bed = await QueueBed.OpenAsync();
        try
        {
            await using var queue = await MessageQueue.OpenAsync(bed.Database, options, bed.Time, new Random(1));
            return null;
        }
        catch (ServiceException refused)
        {
            return refused.Code;
        }
    }

    private static string? Code(Func<QueueEventSource> create)
    {
        try
        {
            create();
            return null;
        }
        catch (ServiceException refused)
        {
            return refused.Code;
        }
    }
}
