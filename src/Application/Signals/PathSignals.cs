using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;

namespace DataToEvents.Application.Signals;

/// <summary>
/// All signals of the steps: the one list for meter, CloudWatch, dashboard, alarms and documents. A tag names the step; on CloudWatch the
/// function's name does.
/// </summary>
public static class PathSignals
{
    /// <summary>Name of activity source and meter, and CloudWatch's namespace.</summary>
    public const string Name = "DataToEvents";

    /// <summary>.NET's own switch for meters. The packages for AWS are built without meters, because no program can listen to them there, and their code is trimmed away.</summary>
    [FeatureSwitchDefinition("System.Diagnostics.Metrics.Meter.IsSupported")]
    internal static bool AreListenedTo => !AppContext.TryGetSwitch("System.Diagnostics.Metrics.Meter.IsSupported", out var supported) || supported;

    public static ActivitySource Activities { get; } = new(Name);

    internal static Meter Meter { get; } = new(Name);

    public static Signal RecordsReceived { get; } = new(nameof(RecordsReceived), SignalUnit.Count, "Records of the delivery stream, each time that they are handed over.");

    public static Signal BytesReceived { get; } = new(nameof(BytesReceived), SignalUnit.Bytes, "Their bytes, as producers sent them.");

    public static Signal RecordsDropped { get; } = new(nameof(RecordsDropped), SignalUnit.Count, "Records that the catalog wants dropped.");

    public static Signal RecordsFailed { get; } = new(nameof(RecordsFailed), SignalUnit.Count, "Records that the delivery stream puts aside as processing-failed.");

    public static Signal EventsUnclassified { get; } = new(nameof(EventsUnclassified), SignalUnit.Count, "Events that no entry of the catalog matches, those of no JSON among them.");

    public static Signal EventsNotJson { get; } = new(nameof(EventsNotJson), SignalUnit.Count, "Events of records that are no JSON: text or bytes, carried as they came.");

    public static Signal TimesUnusable { get; } = new(nameof(TimesUnusable), SignalUnit.Count, "Events whose time could not be read: they have the time of their arrival.");

    public static Signal CloudEventsInvalid { get; } = new(nameof(CloudEventsInvalid), SignalUnit.Count, "Records that say they are CloudEvents and break the specification: carried as data.");

    public static Signal EventsQueued { get; } = new(nameof(EventsQueued), SignalUnit.Count, "Events that the queue took.");

    public static Signal PayloadsCheckedIn { get; } = new(nameof(PayloadsCheckedIn), SignalUnit.Count, "Payloads over the inline limit, given to the payload store.");

    public static Signal MessagesReceived { get; } = new(nameof(MessagesReceived), SignalUnit.Count, "The queue's messages, each time that they are delivered.");

    public static Signal EventsStored { get; } = new(nameof(EventsStored), SignalUnit.Count, "Events that were new to the store.");

    public static Signal EventsKnown { get; } = new(nameof(EventsKnown), SignalUnit.Count, "Second copies of events, recognised by store or view.");

    public static Signal EventsInConflict { get; } = new(nameof(EventsInConflict), SignalUnit.Count, "Events put into quarantine: an event of another source, type or payload has their id.");

    public static Signal MessagesSetAside { get; } = new(nameof(MessagesSetAside), SignalUnit.Count, "Messages that no retry helps: the EventStorer put them into the dead-letter queue.");

    public static Signal MessagesFailed { get; } = new(nameof(MessagesFailed), SignalUnit.Count, "Messages that are to be delivered again; after the last try they are dead letters.");

    public static Signal ChangesReceived { get; } = new(nameof(ChangesReceived), SignalUnit.Count, "The store's changes, each time that they are delivered.");

    public static Signal EventsPublished { get; } = new(nameof(EventsPublished), SignalUnit.Count, "Events that the bus took.");

    public static Signal ChangesFailed { get; } = new(nameof(ChangesFailed), SignalUnit.Count, "Changes that could not be published yet.");

    public static Signal EventsApplied { get; } = new(nameof(EventsApplied), SignalUnit.Count, "Events that were new to the consumer's view.");

    public static Signal ReplaysIgnored { get; } = new(nameof(ReplaysIgnored), SignalUnit.Count, "Events played again that the consumer was told to ignore.");

    public static Signal DeliveryTime { get; } = new(nameof(DeliveryTime), SignalUnit.Milliseconds, "From a record's acceptance to the consumer's effect; replays do not count.");

    public static Signal Calls { get; } = new(nameof(Calls), SignalUnit.Count, "Batched calls to the next service.");

    public static Signal Retries { get; } = new(nameof(Retries), SignalUnit.Count, "Entries of such calls that had to be sent again.");

    public static IReadOnlyList<Signal> All { get; } =
    [
        RecordsReceived, BytesReceived, RecordsDropped, RecordsFailed,
        EventsUnclassified, EventsNotJson, TimesUnusable, CloudEventsInvalid, EventsQueued, PayloadsCheckedIn,
        MessagesReceived, EventsStored, EventsKnown, EventsInConflict, MessagesSetAside, MessagesFailed,
        ChangesReceived, EventsPublished, ChangesFailed,
        EventsApplied, ReplaysIgnored, DeliveryTime,
        Calls, Retries,
    ];
}
