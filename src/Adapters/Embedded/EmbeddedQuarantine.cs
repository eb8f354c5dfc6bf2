using DataToEvents.Application.EventStorer;
using DataToEvents.Emulator.Objects;

namespace DataToEvents.Adapters.Embedded;

/// <summary>Conflicting events as objects of the bucket, see <see cref="QuarantineObject"/>.</summary>
public sealed class EmbeddedQuarantine(ObjectBucket bucket) : IQuarantine
{
    public Task PutAsync(DataEvent conflicting, string sequence, CancellationToken cancellationToken) =>
        bucket.PutAsync(QuarantineObject.Key(conflicting), QuarantineObject.Body(conflicting, sequence), cancellationToken);
}
