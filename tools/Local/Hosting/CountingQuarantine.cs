using DataToEvents.Application.EventStorer;
using DataToEvents.Domain;

namespace DataToEvents.Local.Hosting;

/// <summary>Counts what goes into quarantine.</summary>
internal sealed class CountingQuarantine(IQuarantine inner) : IQuarantine
{
    private long _count;

    public long Count => Interlocked.Read(ref _count);

    public async Task PutAsync(DataEvent conflicting, string sequence, CancellationToken cancellationToken)
    {
        await inner.PutAsync(conflicting, sequence, cancellationToken);
        Interlocked.Increment(ref _count);
    }
}
