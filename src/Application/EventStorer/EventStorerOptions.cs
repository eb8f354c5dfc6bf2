namespace DataToEvents.Application.EventStorer;

/// <param name="KeepFor">How long the store keeps an event (TTL); null for ever.</param>
public sealed record EventStorerOptions(TimeSpan? KeepFor = null);
