namespace DataToEvents.Application.IntegrationEventEmitter;

/// <param name="Modified">Publish <c>DataModified</c> when an item is changed.</param>
/// <param name="Removed">Publish <c>DataRemoved</c> and <c>DataExpired</c> when an item goes.</param>
public sealed record EmitterOptions(bool Modified = false, bool Removed = false)
{
    /// <summary>The detail-type for a change, or null when it is not to be published.</summary>
    internal string? DetailType(StoreChangeKind kind) => kind switch
    {
        StoreChangeKind.Inserted => "DataInserted",
        StoreChangeKind.Modified when Modified => "DataModified",
        StoreChangeKind.Removed when Removed => "DataRemoved",
        StoreChangeKind.Expired when Removed => "DataExpired",
        _ => null,
    };
}
