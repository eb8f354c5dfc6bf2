using DataToEvents.Emulator.Queues;
using DataToEvents.Emulator.Storage;
using Microsoft.Extensions.Time.Testing;

namespace DataToEvents.Emulator.Tests.Queues;

/// <summary>The queues that clients make, and what they change of the program's, over a restart.</summary>
public class QueueCatalogTests
{
    private const string Dead = "arn:aws:sqs:us-east-1:000000000000:dead";

    private static readonly Dictionary<string, string> None = [];

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task What_clients_made_and_changed_is_there_again_after_a_restart()
    {
        using var file = new TemporaryFile();
        await WithCatalogAsync(file, async catalog =>
        {
            await catalog.CreateAsync("dead", None, None);
            var made = await catalog.CreateAsync("made", new Dictionary<string, string> { ["VisibilityTimeout"] = "7", ["RedrivePolicy"] = Policy(3) }, new Dictionary<string, string> { ["team"] = "a" });
            await made.SendBatchAsync([new SendEntry(null, null, "x"u8.ToArray())]);
            await catalog.SetAttributesAsync(catalog.Find("program")!, new Dictionary<string, string> { ["DelaySeconds"] = "5", ["RedrivePolicy"] = Policy(4) });
        });
        _clock.Advance(TimeSpan.FromHours(1));

        await WithCatalogAsync(file, catalog =>
        {
            var (made, program) = (catalog.Find("made")!, catalog.Find("program")!);
            catalog.All.Select(queue => queue.Options.Name).Should().Equal("dead", "made", "program");
            (made.Options.VisibilityTimeout, made.Options.Redrive!.MaxReceiveCount, made.Settings.Tags["team"], made.Stats.Depth).Should().Be((TimeSpan.FromSeconds(7), 3, "a", 1));
            made.Settings.Created.Should().Be(_clock.GetUtcNow() - TimeSpan.FromHours(1));
            (program.Options.Delay, program.Options.Redrive!.DeadLetterQueue).Should().Be((TimeSpan.FromSeconds(5), catalog.Find("dead")!));
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task A_queue_that_is_deleted_is_gone_with_its_messages_and_takes_no_more()
    {
        using var file = new TemporaryFile();
        await WithCatalogAsync(file, async catalog =>
        {
            var made = await catalog.CreateAsync("made", None, None);
            await made.SendBatchAsync([new SendEntry(null, null, "x"u8.ToArray())]);

            await catalog.DeleteAsync(made);

            catalog.Find("made").Should().BeNull();
            var send = () => made.SendBatchAsync([new SendEntry(null, null, "y"u8.ToArray())]);
            (await send.Should().ThrowAsync<ServiceException>()).Which.Code.Should().Be("AWS.SimpleQueueService.NonExistentQueue");
        });
        _clock.Advance(TimeSpan.FromMinutes(1));

        await WithCatalogAsync(file, async catalog =>
        {
            catalog.Find("made").Should().BeNull();
            (await catalog.CreateAsync("made", None, None)).Stats.Depth.Should().Be(0);
        });
    }

    [Fact]
    public async Task Messages_of_a_delayed_queue_are_still_hidden_after_a_restart()
    {
        using var file = new TemporaryFile();
        await WithCatalogAsync(file, async catalog =>
        {
            var queue = await catalog.CreateAsync("made", None, None);
            await queue.SendBatchAsync([new SendEntry(null, null, "late"u8.ToArray(), Delay: TimeSpan.FromSeconds(10)), new SendEntry(null, null, "now"u8.ToArray())]);
            (await queue.ReceiveAsync(10)).Select(QueueBed.Body).Should().Equal("now");
        });

        await WithCatalogAsync(file, async catalog =>
        {
            var queue = catalog.Find("made")!;
            (queue.Stats.Depth, queue.Stats.Delayed).Should().Be((2, 1));
            (await queue.ReceiveAsync(10)).Select(QueueBed.Body).Should().Equal("now");
            var waiting = queue.ReceiveAsync(10, wait: TimeSpan.FromSeconds(20));
            _clock.Advance(TimeSpan.FromSeconds(10));
            (await waiting).Select(QueueBed.Body).Should().Equal("late");
        });
    }

    [Theory]
    [InlineData("a b", "InvalidParameterValue: Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length")]
    [InlineData("a.fifo", "InvalidParameterValue: Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length")]
    [InlineData("a", "InvalidAttributeValue: Invalid value for the parameter VisibilityTimeout.", "VisibilityTimeout", "43201")]
    [InlineData("a", "InvalidAttributeValue: Invalid value for the parameter DelaySeconds.", "DelaySeconds", "901")]
    [InlineData("a", "InvalidAttributeValue: Invalid value for the parameter MaximumMessageSize.", "MaximumMessageSize", "1023")]
    [InlineData("a", "InvalidAttributeValue: Invalid value for the parameter MessageRetentionPeriod.", "MessageRetentionPeriod", "59")]
    [InlineData("a", "InvalidAttributeValue: Invalid value for the parameter ReceiveMessageWaitTimeSeconds.", "ReceiveMessageWaitTimeSeconds", "21")]
    [InlineData("a", "InvalidAttributeName: Unknown Attribute QueueArn.", "QueueArn", "x")]
    [InlineData("a", "AWS.SimpleQueueService.UnsupportedOperation: KmsMasterKeyId is not supported here: messages are not encrypted.", "KmsMasterKeyId", "x")]
    [InlineData("a", "InvalidParameterValue: Value no JSON for parameter RedrivePolicy is invalid. Reason: Redrive policy is not a valid JSON map.", "RedrivePolicy", "no JSON")]
    [InlineData("a", "InvalidParameterValue: Value {} for parameter RedrivePolicy is invalid. Reason: Redrive policy does not contain mandatory attribute: deadLetterTargetArn.", "RedrivePolicy", "{}")]
    public async Task A_queue_that_SQS_would_not_make_is_refused(string name, string refusal, string? attribute = null, string value = "")
    {
        using var file = new TemporaryFile();
        await WithCatalogAsync(file, async catalog =>
        {
            var create = () => catalog.CreateAsync(name, attribute is null ? None : new Dictionary<string, string> { [attribute] = value }, None);

            var refused = (await create.Should().ThrowAsync<ServiceException>()).Which;
            $"{refused.Code}: {refused.Message}".Should().Be(refusal);
            catalog.Find(name).Should().BeNull();
        });
    }

    [Fact]
    public async Task A_dead_letter_queue_takes_only_the_sources_that_it_allows()
    {
        using var file = new TemporaryFile();
        await WithCatalogAsync(file, async catalog =>
        {
            await catalog.CreateAsync("dead", new Dictionary<string, string> { ["RedriveAllowPolicy"] = """{"redrivePermission":"byQueue","sourceQueueArns":["arn:aws:sqs:us-east-1:000000000000:one"]}""" }, None);
            var policy = new Dictionary<string, string> { ["RedrivePolicy"] = Policy(1) };
            var other = () => catalog.CreateAsync("other", policy, None);

            (await catalog.CreateAsync("one", policy, None)).Options.Redrive.Should().NotBeNull();
            (await other.Should().ThrowAsync<ServiceException>()).Which.Message.Should().EndWith("The dead-letter queue does not allow this queue as a source.");
        });
    }

    private static string Policy(int count) => $$"""{"deadLetterTargetArn":"{{Dead}}","maxReceiveCount":{{count}}}""";

    private async Task WithCatalogAsync(TemporaryFile file, Func<QueueCatalog, Task> use)
    {
        await using var database = Database.OpenFile(file.Path);
        await using var catalog = new QueueCatalog(database, _clock, new Random(1));
        await catalog.AddAsync(new QueueOptions { Name = "program", Fifo = false });
        await catalog.RestoreAsync();
        await use(catalog);
    }
}
