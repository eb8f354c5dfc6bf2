namespace DataToEvents.Adapters.Embedded.Tables;

/// <summary>Where a mapping leaves what it gives up on.</summary>
public interface IOnFailureDestination
{
    /// <summary>Completes when the document is durable.</summary>
    /// <param name="name">Unique among the documents of the mapping, and the same when the same records are given up again.</param>
    /// <param name="document">UTF-8 JSON in the form of Lambda's S3 destination, with the records in it.</param>
    /// <param name="cancellationToken">Cancels; the records are then given up again later.</param>
    Task WriteAsync(string name, ReadOnlyMemory<byte> document, CancellationToken cancellationToken);
}
