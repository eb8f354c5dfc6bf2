using Amazon.S3;
using DataToEvents.Application.EventStorer;
using DataToEvents.Domain;

namespace DataToEvents.Adapters.S3;

/// <summary>Conflicting events as S3 objects, see <see cref="QuarantineObject"/>.</summary>
/// <param name="config">The SDK's, with its region, endpoint, credentials and HTTP client.</param>
/// <param name="options">Which bucket.</param>
/// <param name="time">The clock of the pauses before another try.</param>
/// <param name="random">Their length.</param>
public sealed class S3Quarantine(AmazonS3Config config, S3Options options, TimeProvider time, Random random) : IQuarantine
{
    private readonly WriteOnce _objects = new(config, options, time, random);

    /// <inheritdoc/>
    public Task PutAsync(DataEvent conflicting, string sequence, CancellationToken cancellationToken) =>
        _objects.PutAsync(QuarantineObject.Key(conflicting), QuarantineObject.Body(conflicting, sequence), "application/json", cancellationToken);
}
