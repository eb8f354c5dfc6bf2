namespace DataToEvents.Application.EventResponder;

/// <param name="HandleReplays">Apply events that an operator or an archive plays again; ignored by default.</param>
public sealed record ResponderOptions(bool HandleReplays = false);
