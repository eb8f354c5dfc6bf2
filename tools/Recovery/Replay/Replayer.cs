using Amazon.DynamoDBv2.Model;
using DataToEvents.Application.IntegrationEventEmitter;

namespace DataToEvents.Recovery.Replay;

/// <summary>Publishes events again, marked with the run's name: on the bus only, so that they are never stored a second time.</summary>
/// <param name="name">The name of the run.</param>
/// <param name="table">The table that has the events.</param>
/// <param name="bus">The bus on which they are published.</param>
/// <param name="pace">How fast.</param>
internal sealed class Replayer(string name, TableDescription table, BusWriter bus, Pace pace)
{
    private const string DetailType = "DataInserted";
    private const int MaxAtOnce = 1_000;
    private const int MaxBytesAtOnce = 16 * 1024 * 1024;

    private readonly List<OutgoingEvent> _waiting = [];
    private readonly List<string> _resources = [.. new[] { table.TableArn, table.LatestStreamArn }.Where(arn => !string.IsNullOrEmpty(arn))];
    private long _bytes;

    public async Task RunAsync(IAsyncEnumerable<StoredEvent> events, Tally tally, CancellationToken stopping)
    {
        await foreach (var item in events.WithCancellation(stopping))
        {
            _waiting.Add(Outgoing(item));
            _bytes += _waiting[^1].Event.Size;
            if (_waiting.Count >= pace.Portion(MaxAtOnce) || _bytes >= MaxBytesAtOnce)
            {
                await PublishAsync(tally, stopping);
            }
        }

        await PublishAsync(tally, stopping);
    }

    private OutgoingEvent Outgoing(StoredEvent item) => new(item.Event.Stream.Value, new IntegrationEvent(
        DetailType,
        item.Event.ReplayedEnvelope(name, item.Sequence.Length == 0 ? null : item.Sequence),
        _resources,
        item.Event.TraceParent));

    private async Task PublishAsync(Tally tally, CancellationToken stopping)
    {
        if (_waiting.Count == 0)
        {
            return;
        }

        await pace.ReadyAsync(stopping);
        var results = await bus.PublishAsync(_waiting);
        pace.Passed(_waiting.Count);
        tally.Done += results.Count(result => result.Sent);
        foreach (var (result, item) in results.Zip(_waiting).Where(pair => !pair.First.Sent))
        {
            tally.Fail($"stream {item.Stream}: {result.Reason}");
        }

        _bytes = 0;
        _waiting.Clear();
    }
}
