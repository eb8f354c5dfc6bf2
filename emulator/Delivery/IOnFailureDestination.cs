namespace DataToEvents.Emulator.Delivery;

/// <summary>Takes the records that Lambda gives up on. On AWS this is an S3 bucket.</summary>
public interface IOnFailureDestination
{
    /// <summary>Writes an object; completes when it is durable. Only then does Lambda skip its records. It may be called again for the same records.</summary>
    /// <param name="key">The object's key as Lambda makes it.</param>
    /// <param name="body">Lambda's JSON as UTF-8, valid until the returned task completes. Its <c>payload</c> is the event as a string.</param>
    /// <param name="cancellationToken">Cancels the call when the host stops.</param>
    Task WriteAsync(string key, ReadOnlyMemory<byte> body, CancellationToken cancellationToken);
}
