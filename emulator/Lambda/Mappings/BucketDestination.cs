using DataToEvents.Emulator.Objects;

namespace DataToEvents.Emulator.Lambda.Mappings;

/// <summary>A bucket as Lambda's on-failure destination: an object for each batch that the function failed on after all retries.</summary>
/// <param name="bucket">Gets the objects.</param>
/// <param name="prefix">Stands before Lambda's own key.</param>
public sealed class BucketDestination(ObjectBucket bucket, string prefix = "") : IOnFailureDestination
{
    /// <inheritdoc/>
    public Task WriteAsync(string key, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) => bucket.PutAsync(prefix + key, body, cancellationToken);
}
