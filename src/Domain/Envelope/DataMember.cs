namespace DataToEvents.Domain.Envelope;

internal enum DataKind
{
    None,
    Json,
    Base64,
    Reference,
}

/// <summary>The envelope's member that carries the payload, and the place of its value.</summary>
internal readonly record struct DataMember(DataKind Kind, int Start, int Length)
{
    public ReadOnlyMemory<byte> Raw(ReadOnlyMemory<byte> envelope) => envelope.Slice(Start, Length);
}
