namespace DataToEvents.Application.EventResponder;

/// <summary>Payloads that were checked in under the hash of their bytes (claim check).</summary>
public interface IPayloadReader
{
    /// <param name="name">The last part of a <c>dataref</c>: SHA-256, 64 lower-case hex digits, and <c>.bin</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The payload's bytes as their producer sent them; null when there is no such payload. Faults are thrown.</returns>
    Task<ReadOnlyMemory<byte>?> GetAsync(string name, CancellationToken cancellationToken);
}
