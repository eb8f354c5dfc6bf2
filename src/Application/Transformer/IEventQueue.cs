using DataToEvents.Application.Lanes;
using DataToEvents.Domain;

namespace DataToEvents.Application.Transformer;

/// <summary>
/// The ordered queue between Transformer and EventStorer. A stream's events leave it in the order in which they were sent; one sent
/// again within five minutes (same stream, id, source, type and payload) is taken and not delivered a second time.
/// </summary>
public interface IEventQueue
{
    /// <summary>SQS: messages in a SendMessageBatch (facts.md, section 2).</summary>
    const int MaxEntries = 10;

    /// <summary>SQS: bytes of a message, and of all messages of a batch (1 MiB).</summary>
    const int MaxBytes = 1_048_576;

    /// <summary>Sends events of different streams in one call.</summary>
    /// <param name="batch">At most <see cref="MaxEntries"/> events of <see cref="MaxBytes"/> in all, no two of one stream.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    /// <returns>One attempt for each event, in order. Faults of the call as a whole are thrown.</returns>
    Task<IReadOnlyList<Attempt>> SendAsync(IReadOnlyList<DataEvent> batch, CancellationToken cancellationToken);
}
