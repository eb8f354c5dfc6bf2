using DataToEvents.Adapters.Formats;
using DataToEvents.Domain.Catalog;
using DataToEvents.Recovery.DeadLetters;
using DataToEvents.Recovery.Failed;
using DataToEvents.Recovery.OnFailure;
using DataToEvents.Recovery.Quarantine;

namespace DataToEvents.Recovery.Events;

/// <summary>Looks for an event in the places where records are set aside.</summary>
internal sealed class AsideSearch(PathServices services, EventCatalog catalog, EventId id, CancellationToken stopping)
{
    private const int MaxObjects = 1_000;
    private const int MaxMessages = 1_000;

    private readonly List<Sighting> _found = [];

    /// <summary>Places that hold more than was looked through.</summary>
    public List<string> Unread { get; } = [];

    public async Task<IReadOnlyList<Sighting>> RunAsync()
    {
        await EachObjectAsync(Failed, Prefixes.Failed);
        await DeadLettersAsync(ofRule: false);
        await EachObjectAsync(Conflicts, QuarantineObject.Prefix);
        await EachObjectAsync(GivenUp, Prefixes.OnFailure, Prefixes.OnFailureByLambda);
        await DeadLettersAsync(ofRule: true);
        return _found;
    }

    private IEnumerable<Sighting> Failed(StoredObject item, byte[] content)
    {
        var reader = new RecordReader(catalog);
        foreach (var record in FailedRecord.ReadAll(content, item.Key))
        {
            foreach (var read in reader.Read(record.Data, record.Arrival).Where(static read => read.HasEnvelope))
            {
                yield return new Sighting(
                    PathHop.ProcessingFailed, read.Inline(), item.LastModified, item.Key,
                    $"after {Units.Count(record.Attempts, "attempt")}: {record.ErrorCode}. operator failed reingest {item.Handle}");
            }
        }
    }

    private static IEnumerable<Sighting> Conflicts(StoredObject item, byte[] content)
    {
        var conflict = ConflictingEvent.Read(content, item.Key);
        yield return new Sighting(PathHop.Quarantine, conflict.Event, item.LastModified, item.Key, $"another content under the same id. operator quarantine show {item.Handle}");
    }

    private IEnumerable<Sighting> GivenUp(StoredObject item, byte[] content)
    {
        var batch = GivenUpBatch.Read(content, item.Key);
        if (batch.Payload is not { } payload)
        {
            Unread.Add($"{item.Key}, which does not hold the events themselves");
            yield break;
        }

        foreach (var change in PayloadChanges.Read(payload).Where(static change => change.Envelope is not null))
        {
            yield return new Sighting(PathHop.OnFailure, DataEvent.Parse(change.Envelope!.Value), item.LastModified, item.Key, $"{batch.Condition}. operator on-failure recover {item.Handle}");
        }
    }

    private async Task EachObjectAsync(Func<StoredObject, byte[], IEnumerable<Sighting>> read, params string[] prefixes)
    {
        foreach (var prefix in prefixes)
        {
            var objects = 0;
            await foreach (var item in services.Bucket.ListAsync(prefix))
            {
                if (objects++ == MaxObjects)
                {
                    Unread.Add($"{prefix} beyond its first {Units.Count(MaxObjects, "object")}");
                    break;
                }

                try
                {
                    _found.AddRange(read(item, await services.Bucket.GetAsync(item.Key, stopping)).Where(sighting => sighting.Event.Id == id));
                }
                catch (FormatException)
                {
                    Unread.Add($"{item.Key}, which is not what belongs there");
                }
            }
        }
    }

    private async Task DeadLettersAsync(bool ofRule)
    {
        var queue = await services.DeadLettersAsync(ofRule ? DeadLettersOf.Rule : DeadLettersOf.Queue);
        var letters = await queue.PeekAsync(MaxMessages, letter => letter.Event?.Id == id, stopping);
        _found.AddRange(letters.Select(letter => new Sighting(
            ofRule ? PathHop.RuleDeadLetter : PathHop.DeadLetter, letter.Event!, letter.Since, $"{queue.Name}: message {letter.Id}",
            $"{letter.Reason ?? $"received {Units.Count(Receives(letter), "time")}"}. operator dead-letters redrive {(ofRule ? "rule" : "queue")}")));
    }

    private static long Receives(DeadLetter letter) =>
        long.TryParse(letter.Message.Attributes?.GetValueOrDefault("ApproximateReceiveCount"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;
}
