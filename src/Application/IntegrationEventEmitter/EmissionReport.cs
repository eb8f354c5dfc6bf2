using DataToEvents.Application.Signals;

namespace DataToEvents.Application.IntegrationEventEmitter;

/// <summary>What became of a batch of changes.</summary>
/// <param name="Published">How many events the bus took.</param>
/// <param name="LowestFailed">Sequence number of the first change that is to be delivered again, with all after it; null when none is.</param>
/// <param name="Reason">Why that one failed.</param>
/// <param name="Event">The event in that one; null when it holds none.</param>
public sealed record EmissionReport(int Published, string? LowestFailed, string? Reason, EventName? Event = null);
