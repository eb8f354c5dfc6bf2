namespace DataToEvents.Recovery.Failed;

/// <summary>Reads events of the lake by the time of their acceptance.</summary>
internal sealed class Lake(Bucket bucket)
{
    /// <summary>An object lies under the hour of its oldest record. Its youngest record is younger by this at most (buffering and retries).</summary>
    private static readonly TimeSpan LongestObject = TimeSpan.FromHours(1);

    /// <summary>Reads all objects that may hold events accepted in that time, in the objects' order. They hold other events too.</summary>
    public async IAsyncEnumerable<DataEvent> ReadAsync(
        DateTimeOffset from, DateTimeOffset to, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (_, line) in LinesAsync(from, to, cancellationToken))
        {
            yield return DataEvent.Parse(line);
        }
    }

    /// <summary>The same as lines, each with the object that it lies in.</summary>
    public async IAsyncEnumerable<(StoredObject Object, byte[] Line)> LinesAsync(
        DateTimeOffset from, DateTimeOffset to, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var hour = Hour(from - LongestObject); hour <= to; hour = hour.AddHours(1))
        {
            await foreach (var item in bucket.ListAsync(PrefixOf(hour)))
            {
                foreach (var line in LineReader.Lines(await bucket.GetAsync(item.Key, cancellationToken)))
                {
                    yield return (item, line);
                }
            }
        }
    }

    /// <summary>Reads the newest objects of this hour and the one before.</summary>
    public async IAsyncEnumerable<DataEvent> NewestAsync(
        DateTimeOffset now, int maxObjects, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var objects = new List<StoredObject>();
        for (var hour = Hour(now - LongestObject); hour <= now; hour = hour.AddHours(1))
        {
            await foreach (var item in bucket.ListAsync(PrefixOf(hour)))
            {
                objects.Add(item);
            }
        }

        foreach (var item in objects.OrderByDescending(item => item.LastModified).Take(maxObjects))
        {
            foreach (var line in LineReader.Lines(await bucket.GetAsync(item.Key, cancellationToken)))
            {
                yield return DataEvent.Parse(line);
            }
        }
    }

    private static DateTimeOffset Hour(DateTimeOffset time) => new(time.UtcDateTime.Date.AddHours(time.UtcDateTime.Hour), TimeSpan.Zero);

    private static string PrefixOf(DateTimeOffset hour) =>
        Prefixes.Lake + hour.UtcDateTime.ToString("'year='yyyy'/month='MM'/day='dd'/hour='HH'/'", CultureInfo.InvariantCulture);
}
