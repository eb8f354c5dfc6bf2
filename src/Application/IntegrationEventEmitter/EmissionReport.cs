namespace DataToEvents.Application.IntegrationEventEmitter;

/// <summary>The outcomes of a batch of changes.</summary>
/// <param name="Published">How many events the bus took.</param>
/// <param name="LowestFailed">Sequence number of the first change that is to be delivered again, with all later ones; null when there is none.</param>
/// <param name="Reason">Why that change failed.</param>
/// <param name="Event">The event in that change; null when it does not hold one.</param>
public sealed record EmissionReport(int Published, string? LowestFailed, string? Reason, EventName? Event = null);
