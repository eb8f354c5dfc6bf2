using DataToEvents.Application.IntegrationEventEmitter;

namespace DataToEvents.Recovery.OnFailure;

/// <summary>
/// Publishes the changes that Lambda gave up, through the emitter's own use case: each stream in its order, under the events' own ids. They are not marked
/// as a replay, because perhaps no consumer has seen them; a consumer that has seen one recognises its id.
/// </summary>
internal sealed class BatchRecovery(Bucket bucket, StreamChanges stream, TableChanges table, EmitIntegrationEvents emitter)
{
    public async Task<string> RunAsync(StoredObject item, Tally tally, CancellationToken stopping)
    {
        var batch = GivenUpBatch.Read(await bucket.GetAsync(item.Key, stopping), item.Key);
        var (from, chunks) = batch.Payload is { } payload ? ("payload", One(PayloadChanges.Read(payload)))
            : await stream.ReadAsync(batch, stopping) is { } changes ? ("stream", One(changes))
            : ("table", table.ReadAsync(batch, stopping));
        var published = true;
        await foreach (var chunk in chunks)
        {
            published &= await PublishAsync(chunk, item, tally);
        }

        if (published)
        {
            await bucket.RetireAsync(item.Key, CancellationToken.None);
        }

        return from;
    }

    private async Task<bool> PublishAsync(List<StoreChange> changes, StoredObject item, Tally tally)
    {
        var report = await emitter.ExecuteAsync(changes, BusWriter.Patience);
        tally.Done += report.Published;
        if (report.LowestFailed is { } lowest)
        {
            tally.Fail($"{item.Handle}: change {lowest}: {report.Reason}", Math.Max(1, changes.Count - report.Published));
        }

        return report.LowestFailed is null;
    }

    private static async IAsyncEnumerable<List<StoreChange>> One(List<StoreChange> changes)
    {
        await Task.CompletedTask;
        yield return changes;
    }
}
