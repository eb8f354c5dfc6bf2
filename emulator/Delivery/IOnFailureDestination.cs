namespace DataToEvents.Emulator.Delivery;

/// <summary>Where Lambda puts the records that it gives up on: an S3 bucket.</summary>
public interface IOnFailureDestination
{
    /// <summary>Completes when the object is durable; only then are its records passed over. May be called again for the same records.</summary>
    /// <param name="key">Lambda's key for the object.</param>
    /// <param name="body">Lambda's JSON, UTF-8; valid until the returned task completes. Its <c>payload</c> is the event as a string.</param>
    /// <param name="cancellationToken">The host stops.</param>
    Task WriteAsync(string key, ReadOnlyMemory<byte> body, CancellationToken cancellationToken);
}
