namespace DataToEvents.Domain.Envelope;

/// <summary>An attribute of a producer's CloudEvent that we do not know. It is kept byte for byte.</summary>
internal readonly record struct CloudEventExtension(string Name, ReadOnlyMemory<byte> Value);
