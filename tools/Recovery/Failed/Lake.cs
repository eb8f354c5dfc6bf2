using System.Globalization;
using DataToEvents.Domain;
using DataToEvents.Load;
using DataToEvents.Recovery.Targets;

namespace DataToEvents.Recovery.Failed;

/// <summary>The lake's lines by the time at which they were accepted.</summary>
internal sealed class Lake(Bucket bucket)
{
    /// <summary>An object lies under the hour of its oldest record; its youngest came at most this much later (buffering and retries).</summary>
    private static readonly TimeSpan LongestObject = TimeSpan.FromHours(1);

    /// <summary>The events of all objects that may hold what was accepted in that time, in the objects' order; others are among them.</summary>
    public async IAsyncEnumerable<DataEvent> ReadAsync(
        DateTimeOffset from, DateTimeOffset to, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var hour = Hour(from - LongestObject); hour <= to; hour = hour.AddHours(1))
        {
            await foreach (var item in bucket.ListAsync(PrefixOf(hour)))
            {
                foreach (var line in LineReader.Lines(await bucket.GetAsync(item.Key, cancellationToken)))
                {
                    yield return DataEvent.Parse(line);
                }
            }
        }
    }

    private static DateTimeOffset Hour(DateTimeOffset time) => new(time.UtcDateTime.Date.AddHours(time.UtcDateTime.Hour), TimeSpan.Zero);

    private static string PrefixOf(DateTimeOffset hour) =>
        Prefixes.Lake + hour.UtcDateTime.ToString("'year='yyyy'/month='MM'/day='dd'/hour='HH'/'", CultureInfo.InvariantCulture);
}
