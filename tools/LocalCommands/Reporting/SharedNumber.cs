namespace DataToEvents.Local.Reporting;

/// <summary>A number that page, metrics, summary and <c>operator status</c> share. Each has one definition, which is here.</summary>
/// <param name="Name">What it is called everywhere.</param>
/// <param name="Unit">What it counts.</param>
/// <param name="Description">Its definition, for people.</param>
/// <param name="Read">Reads it from the counts since the host started.</param>
internal sealed record SharedNumber(string Name, string Unit, string Description, Func<PathCounts, long> Read)
{
    public static IReadOnlyList<SharedNumber> All { get; } =
    [
        new("accepted", "records", "Records that the delivery stream acknowledged.", static counts => counts.Accepted),
        new("stored", "events", "Events that the table took as new.", static counts => counts.Stored),
        new("published", "events", "Events of the table's changes that the emitter published.", static counts => counts.Published),
        new("published_again", "events", "Events that the bus took once more: replayed, redriven, recovered, or tried again.", static counts => counts.PublishedAgain),
        new("delivered", "events", "Events that the consumer took, replays not among them.", static counts => counts.Delivered),
        new("replays", "events", "Replays that the consumer's function took, whether or not it ignores them.", static counts => counts.Replays),
        new("duplicates", "second copies", "Second copies of events, which the queue's window or the table recognised.", static counts => counts.Duplicates),
        new("conflicts", "events", "Events that went to quarantine.", static counts => counts.Conflicts),
    ];
}
