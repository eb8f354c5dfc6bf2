using Amazon.EventBridge;
using Amazon.EventBridge.Model;
using Amazon.SQS.Model;
using DataToEvents.Application.IntegrationEventEmitter;

namespace DataToEvents.Recovery.Events;

/// <summary>
/// Looks for an event in the bus's archive. EventBridge only plays an archive, so a time of it is played to the audit rule alone, and its queue is read. Other messages of
/// that queue stay in it.
/// </summary>
/// <param name="services">The path's services.</param>
/// <param name="audit">The rule that copies every event of the bus, and its queue.</param>
/// <param name="stopping">Ends the waiting.</param>
internal sealed class ArchiveSearch(PathServices services, (string Rule, string Queue) audit, CancellationToken stopping)
{
    /// <summary>Messages of the audit queue to look through.</summary>
    private const int MaxMessages = 20_000;

    /// <summary>Seconds for which a message stays hidden if this program ends before it shows the message again.</summary>
    private const int HiddenSeconds = 120;

    /// <summary>So many answers without a message, after the replay has ended, mean that all of it arrived.</summary>
    private const int EmptyAnswers = 2;

    private static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = 1_010 };

    private readonly List<Message> _others = [];

    /// <param name="id">The event's id.</param>
    /// <param name="from">The earliest time of publication. Both times are widened to whole seconds, to which some versions of the SDK round.</param>
    /// <param name="to">The latest one.</param>
    /// <exception cref="UserErrorException">There is no audit queue, or the replay did not end well.</exception>
    public async Task<List<Sighting>> FindAsync(EventId id, DateTimeOffset from, DateTimeOffset to)
    {
        var url = await QueueAsync();
        var name = $"events-get-{Guid.NewGuid():N}";
        await StartAsync(name, from, to);
        var found = new List<Sighting>();
        try
        {
            await ReadAsync(url, name, message => found.AddRange(Sighted(message).Where(sighting => sighting.Event.Id == id)));
        }
        finally
        {
            await ShowAgainAsync(url);
        }

        return [.. found.DistinctBy(static sighting => (sighting.Event.Stream, sighting.Event.Key))];
    }

    private async Task<string> QueueAsync()
    {
        try
        {
            return (await services.Sqs.GetQueueUrlAsync(audit.Queue, stopping)).QueueUrl;
        }
        catch (QueueDoesNotExistException)
        {
            throw new UserErrorException($"--with-archive: there is no queue {audit.Queue}, to which the archive could be played; allowed: a path with a copy of every event (Terraform: bus.audit; the local host: --audit), or --audit-queue NAME.");
        }
    }

    private async Task StartAsync(string name, DateTimeOffset from, DateTimeOffset to)
    {
        var archive = await services.Bridge.DescribeArchiveAsync(new DescribeArchiveRequest { ArchiveName = services.Names.Archive }, stopping);
        await services.Bridge.StartReplayAsync(
            new StartReplayRequest
            {
                ReplayName = name,
                EventSourceArn = archive.ArchiveArn,
                EventStartTime = DateTimeOffset.FromUnixTimeSeconds(from.ToUnixTimeSeconds()).UtcDateTime,
                EventEndTime = DateTimeOffset.FromUnixTimeSeconds(to.ToUnixTimeSeconds() + 1).UtcDateTime,
                Destination = new ReplayDestination { Arn = archive.EventSourceArn, FilterArns = [$"{archive.EventSourceArn.Replace(":event-bus/", ":rule/", StringComparison.Ordinal)}/{audit.Rule}"] },
            },
            stopping);
    }

    /// <summary>Reads until the replay has ended and nothing comes any more.</summary>
    private async Task ReadAsync(string url, string name, Action<JsonElement> read)
    {
        var request = new ReceiveMessageRequest(url) { MaxNumberOfMessages = 10, WaitTimeSeconds = 1, VisibilityTimeout = HiddenSeconds };
        var empty = 0;
        while (empty < EmptyAnswers)
        {
            var hasEnded = await HasEndedAsync(name);
            var received = (await services.Sqs.ReceiveMessageAsync(request, stopping)).Messages ?? [];
            empty = hasEnded && received.Count == 0 ? empty + 1 : 0;
            foreach (var message in received)
            {
                await TakeAsync(url, message, name, read);
            }

            if (_others.Count > MaxMessages)
            {
                throw new UserErrorException($"--with-archive: the queue {audit.Queue} holds more than {MaxMessages} other messages; empty it first, or do without --with-archive.");
            }
        }
    }

    /// <summary>Reads and deletes the messages of this replay, and remembers the other ones.</summary>
    private async Task TakeAsync(string url, Message message, string name, Action<JsonElement> read)
    {
        using var json = JsonDocument.Parse(message.Body, AnyDepth);
        if (!json.RootElement.TryGetProperty("replay-name", out var replay) || !replay.ValueEquals(name))
        {
            _others.Add(message);
            return;
        }

        read(json.RootElement);
        await services.Sqs.DeleteMessageAsync(url, message.ReceiptHandle, stopping);
    }

    private async Task<bool> HasEndedAsync(string name)
    {
        var replay = await services.Bridge.DescribeReplayAsync(new DescribeReplayRequest { ReplayName = name }, stopping);
        return replay.State == ReplayState.STARTING || replay.State == ReplayState.RUNNING ? false
            : replay.State == ReplayState.COMPLETED ? true
            : throw new UserErrorException($"--with-archive: the replay {name} ended as {replay.State.Value}: {replay.StateReason ?? "no reason given"}.");
    }

    private IEnumerable<Sighting> Sighted(JsonElement published)
    {
        if (published.GetProperty("source").ValueEquals(IntegrationEvent.Source))
        {
            var item = DataEvent.Parse(Encoding.UTF8.GetBytes(published.GetProperty("detail").GetRawText()));
            yield return new Sighting(PathHop.Bus, item, published.GetProperty("time").GetDateTimeOffset(), $"archive {services.Names.Archive}");
        }
    }

    private async Task ShowAgainAsync(string url)
    {
        foreach (var message in _others)
        {
            await services.Sqs.ChangeMessageVisibilityAsync(url, message.ReceiptHandle, 0, CancellationToken.None);
        }
    }
}
