using DataToEvents.Emulator.DeliveryStreams;
using DataToEvents.Simulation.Faults;
using DataToEvents.Simulation.World;

namespace DataToEvents.Simulation.Workload;

/// <summary>Sends the planned records. Each producer makes one call after the other, and repeats a call until all of its records are acknowledged.</summary>
internal sealed class Producers(PathWorld world, Ledger ledger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public Task SendAsync(IEnumerable<Put> puts) =>
        Task.WhenAll(puts.GroupBy(put => put.Producer).Select(own => SendOneAfterAnotherAsync([.. own])));

    private async Task SendOneAfterAnotherAsync(List<Put> puts)
    {
        foreach (var put in puts)
        {
            await Task.Delay(put.Pause, world.Clock);
            foreach (var record in put.Records)
            {
                ledger.Add(record);
            }

            await SendAsync(put);
            while (world.Plan.Hits(Fault.ProducerSendsAgain, Hop.Producer))
            {
                await SendAsync(put);
            }
        }
    }

    private async Task SendAsync(Put put)
    {
        var left = put.Records;
        while (left.Count > 0)
        {
            var acknowledged = await TryAsync(put, left);
            if (acknowledged < left.Count)
            {
                await Task.Delay(Patience, world.Clock);
            }

            left = [.. left.Skip(acknowledged)];
        }
    }

    /// <returns>How many records, from the first on, the producer knows to be taken.</returns>
    private async Task<int> TryAsync(Put put, IReadOnlyList<SentRecord> records)
    {
        if (world.Plan.Hits(Fault.EndpointThrottles, Hop.Producer))
        {
            return 0;
        }

        var host = await world.HostAsync();
        var at = world.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        var call = host.Stream.PutRecordBatchAsync([.. records.Select(record => (ReadOnlyMemory<byte>)record.Bytes)]);
        if (await Task.WhenAny(call, host.Life.Died) != call)
        {
            Doubt(records);
            return 0;
        }

        var result = await call;
        var accepted = result.Count - result.FailedPutCount;
        world.Trace.Add("Producer", $"call {put.Number}: {accepted} of {result.Count} records taken");
        foreach (var item in records.Take(accepted).SelectMany(record => record.Events))
        {
            world.Trace.Say("Producer", item.Name);
        }

        Accept(records, result, accepted, at);
        return world.Plan.Hits(Fault.EndpointAnswerLost, Hop.Producer) ? 0 : accepted;
    }

    private static void Accept(IReadOnlyList<SentRecord> records, PutRecordBatchResult result, int accepted, long at)
    {
        for (var i = 0; i < accepted; i++)
        {
            foreach (var item in records[i].Events)
            {
                item.Accept(result[i].RecordId!, at);
            }
        }
    }

    private static void Doubt(IReadOnlyList<SentRecord> records)
    {
        foreach (var item in records.SelectMany(record => record.Events))
        {
            item.Uncertain++;
        }
    }
}
