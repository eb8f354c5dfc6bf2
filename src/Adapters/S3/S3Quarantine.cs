using Amazon.S3;
using DataToEvents.Adapters.Formats;
using DataToEvents.Application.EventStorer;

namespace DataToEvents.Adapters.S3;

/// <summary>Conflicting events as S3 objects, see <see cref="QuarantineObject"/>.</summary>
/// <param name="s3">The client, see <see cref="S3Settings"/>.</param>
/// <param name="options">Which bucket.</param>
public sealed class S3Quarantine(IAmazonS3 s3, S3Options options) : IQuarantine
{
    private readonly WriteOnce _objects = new(s3, options);

    /// <inheritdoc/>
    public Task PutAsync(DataEvent conflicting, string sequence, CancellationToken cancellationToken) =>
        _objects.PutAsync(QuarantineObject.Key(conflicting), QuarantineObject.Body(conflicting, sequence), "application/json", cancellationToken);
}
