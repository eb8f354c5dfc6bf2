namespace DataToEvents.Application.Transformer;

/// <summary>Keeps payloads that are too big for an envelope (claim check).</summary>
public interface IPayloadStore
{
    /// <summary>Stores a payload under the hash of its bytes. Storing it again changes nothing.</summary>
    /// <returns>A URI reference by which consumers find it. Faults are thrown.</returns>
    Task<string> PutAsync(ReadOnlyMemory<byte> payload, string? contentType, CancellationToken cancellationToken);
}
