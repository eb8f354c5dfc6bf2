using Amazon.EventBridge.Model;
using Amazon.SQS.Model;
using DataToEvents.Adapters.Formats;
using DataToEvents.Recovery.DeadLetters;

namespace DataToEvents.Recovery.Status;

/// <summary>Looks at every hop and every place where records are set aside, by the services' own calls.</summary>
/// <param name="services">The path.</param>
/// <param name="host">What the local host knows besides; null without one.</param>
/// <param name="ages">What CloudWatch knows besides; null anywhere but on AWS.</param>
/// <param name="now">The time to which ages are told.</param>
/// <param name="stopping">Ends the calls.</param>
internal sealed class PathStatus(PathServices services, HostNumbers? host, CloudWatchAges? ages, DateTimeOffset now, CancellationToken stopping)
{
    private const int MaxObjects = 10_000;

    /// <summary>The items that wait at each hop. A cell is empty if the service does not report the value.</summary>
    public async Task<Listing> HopsAsync()
    {
        var hops = new Listing("hops", "hop", "name", "waiting", "in flight", "oldest", "note");
        AddHidden(hops, "delivery stream", services.Names.DeliveryStream, "door", services.Names.DeliveryStream, "its buffers are not to be seen by calls; CloudWatch: DeliveryToS3.DataFreshness");
        await AddLakeAsync(hops);
        await AddQueueAsync(hops);
        await AddTableAsync(hops);
        await AddBusAsync(hops);
        return hops;
    }

    /// <summary>The places of records that were set aside, and the commands that bring them back.</summary>
    public async Task<Listing> SetAsideAsync()
    {
        var places = new Listing("setAside", "place", "count", "oldest", "to bring them back", "note");
        await AddObjectsAsync(places, "processing-failed objects", "operator failed reingest", Prefixes.Failed);
        await AddDeadLettersAsync(places, "the queue's dead letters", services.Names.DeadLetters, "operator dead-letters redrive queue");
        await AddObjectsAsync(places, "quarantined conflicts", "operator quarantine list", QuarantineObject.Prefix);
        await AddObjectsAsync(places, "on-failure batches", "operator on-failure recover", Prefixes.OnFailure, Prefixes.OnFailureByLambda);
        await AddDeadLettersAsync(places, "the rule's dead letters", services.Names.RuleDeadLetters, "operator dead-letters redrive rule");
        await AddDeadLettersAsync(places, "the bus's dead letters", services.Names.BusDeadLetters, "operator dead-letters redrive bus", isOptional: true);
        return places;
    }

    /// <summary>A hop of which no call shows what waits there. The local host knows its depth and age, and CloudWatch mostly its age.</summary>
    /// <param name="hops">Gets a row.</param>
    /// <param name="hop">What the row is called.</param>
    /// <param name="name">The resource.</param>
    /// <param name="id">The hop's short name on the page.</param>
    /// <param name="metered">The resource that has the metric of its age; null: there is no such metric.</param>
    /// <param name="hidden">Says where to look if nobody knows.</param>
    private void AddHidden(Listing hops, string hop, string name, string id, string? metered, string hidden)
    {
        if (host?.Waiting(id) is { } waiting)
        {
            hops.Add(hop, name, waiting.Depth, null, waiting.Depth > 0 ? waiting.Age : null, null);
        }
        else
        {
            var (age, note) = Metered(metered);
            hops.Add(hop, name, null, null, age, note ?? hidden);
        }
    }

    /// <summary>The age that CloudWatch measured, and when. If there is none because CloudWatch refused: its answer.</summary>
    private (TimeSpan? Age, string? Note) Metered(string? resource) =>
        resource is not null && ages?.Of(resource) is { } known ? (known.Age, $"as CloudWatch saw it {Cells.Text(now - known.At)} ago")
        : (null, resource is null ? null : ages?.Refusal);

    private async Task AddLakeAsync(Listing hops)
    {
        var day = Prefixes.Lake + now.UtcDateTime.ToString("'year='yyyy'/month='MM'/day='dd'/'", CultureInfo.InvariantCulture);
        var today = await ObjectsAsync(day);
        var newest = today.Newest is { } time ? $"newest {Cells.Text(now - time)} ago" : "none";
        hops.Add("lake", services.Names.Bucket, null, null, null, $"objects of today: {today.Text}, {newest}");
    }

    private async Task AddQueueAsync(Listing hops)
    {
        var depth = await services.QueueDepthAsync(stopping);
        var (age, note) = Oldest(depth, services.Names.Queue);
        hops.Add("queue", services.Names.Queue, depth.Visible + depth.Delayed, depth.InFlight, age, note);
    }

    /// <summary>The emulator tells a queue's age, SQS tells it to CloudWatch alone.</summary>
    private (TimeSpan? Age, string? Note) Oldest(QueueDepth depth, string queue)
    {
        if (depth.Total == 0 || depth.OldestAge is not null)
        {
            return (depth.Total > 0 ? depth.OldestAge : null, null);
        }

        var (age, note) = Metered(queue);
        return (age, note ?? "its age is in CloudWatch: ApproximateAgeOfOldestMessage");
    }

    private async Task AddTableAsync(Listing hops)
    {
        var table = await services.Table.DescribeAsync(stopping);
        hops.Add("store", services.Names.Table, null, null, null, $"{Units.Count(table.ItemCount ?? 0, "item")} (AWS counts every six hours)");
        if (string.IsNullOrEmpty(table.LatestStreamArn))
        {
            hops.Add("change stream", services.Names.Table, null, null, null, "the table has none: nothing can be published");
        }
        else
        {
            AddHidden(hops, "change stream", services.Names.Table, "emitter", services.Names.Emitter, "how far the emitter is behind is in CloudWatch: IteratorAge");
        }
    }

    private async Task AddBusAsync(Listing hops)
    {
        try
        {
            await services.Bridge.DescribeEventBusAsync(new DescribeEventBusRequest { Name = services.Names.Bus }, stopping);
            AddHidden(hops, "bus", services.Names.Bus, "bus", null, "retries under way are not to be seen by calls; CloudWatch: RetryInvocationAttempts");
        }
        catch (Amazon.EventBridge.Model.ResourceNotFoundException)
        {
            hops.Add("bus", services.Names.Bus, null, null, null, "does not exist: what is published is lost without an error");
        }
    }

    private async Task AddObjectsAsync(Listing places, string place, string cure, params string[] prefixes)
    {
        var found = new ObjectCount(0, false, null, null);
        foreach (var prefix in prefixes)
        {
            found = found.And(await ObjectsAsync(prefix));
        }

        places.Add(place, found.Count, found.Oldest is { } time ? now - time : null, found.Count > 0 ? cure : null, found.IsMore ? "there are more" : null);
    }

    /// <param name="places">Gets a row.</param>
    /// <param name="place">What the row is called.</param>
    /// <param name="queue">The queue's name.</param>
    /// <param name="cure">The command that brings the messages back.</param>
    /// <param name="isOptional">Whether a deployment may be without that queue. It then gets no row.</param>
    private async Task AddDeadLettersAsync(Listing places, string place, string queue, string cure, bool isOptional = false)
    {
        string url;
        try
        {
            url = (await services.Sqs.GetQueueUrlAsync(queue, stopping)).QueueUrl;
        }
        catch (QueueDoesNotExistException) when (isOptional)
        {
            return;
        }

        var depth = QueueDepth.Of((await services.Sqs.GetQueueAttributesAsync(url, ["All"], stopping)).Attributes);
        var (age, note) = Oldest(depth, queue);
        places.Add(
            place, depth.Total, age, depth.Total > 0 ? cure : null,
            depth.InFlight > 0 ? $"{Cells.Text(depth.InFlight)} hidden for now: somebody looks at them or moves them" : note);
    }

    private async Task<ObjectCount> ObjectsAsync(string prefix)
    {
        var found = new ObjectCount(0, false, null, null);
        await foreach (var item in services.Bucket.ListAsync(prefix))
        {
            if (found.Count == MaxObjects)
            {
                return found with { IsMore = true };
            }

            found = found.And(new ObjectCount(1, false, item.LastModified, item.LastModified));
        }

        return found;
    }

    private sealed record ObjectCount(long Count, bool IsMore, DateTimeOffset? Oldest, DateTimeOffset? Newest)
    {
        public string Text => $"{Cells.Text(Count)}{(IsMore ? " or more" : "")}";

        public ObjectCount And(ObjectCount other) => new(Count + other.Count, IsMore || other.IsMore, Least(Oldest, other.Oldest), Most(Newest, other.Newest));

        private static DateTimeOffset? Least(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b : a;

        private static DateTimeOffset? Most(DateTimeOffset? a, DateTimeOffset? b) => a is null || b > a ? b : a;
    }
}
