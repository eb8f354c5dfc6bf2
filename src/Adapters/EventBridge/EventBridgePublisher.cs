using System.Text;
using Amazon.EventBridge;
using Amazon.EventBridge.Model;
using DataToEvents.Application.IntegrationEventEmitter;
using DataToEvents.Application.Lanes;

namespace DataToEvents.Adapters.EventBridge;

/// <summary>The bus as an EventBridge event bus.</summary>
public sealed class EventBridgePublisher(IAmazonEventBridge bridge, EventBridgeOptions options) : IEventPublisher
{
    /// <summary>To be called at start-up: PutEvents to a missing bus answers with success and an event id (facts.md, section 4).</summary>
    /// <exception cref="InvalidOperationException">There is no such bus.</exception>
    public async Task EnsureBusExistsAsync(CancellationToken cancellationToken)
    {
        try
        {
            await bridge.DescribeEventBusAsync(new DescribeEventBusRequest { Name = options.BusName }, cancellationToken);
        }
        catch (ResourceNotFoundException fault)
        {
            throw new InvalidOperationException($"There is no event bus {options.BusName} ({EventBridgeOptions.Variable}).", fault);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Attempt>> PublishAsync(IReadOnlyList<IntegrationEvent> batch, CancellationToken cancellationToken)
    {
        var request = new PutEventsRequest { Entries = [.. batch.Select(Entry)] };
        var answer = await bridge.PutEventsAsync(request, cancellationToken);
        return answer.Entries?.Count == batch.Count
            ? [.. answer.Entries.Select(Outcome)]
            : throw new InvalidOperationException($"EventBridge answered {answer.Entries?.Count ?? 0} of {batch.Count} entries.");
    }

    private PutEventsRequestEntry Entry(IntegrationEvent published) => new()
    {
        EventBusName = options.BusName,
        Source = IntegrationEvent.Source,
        DetailType = published.DetailType,
        Detail = Encoding.UTF8.GetString(published.Detail.Span),
        Time = published.Time.UtcDateTime,
        Resources = [.. published.Resources],
        TraceHeader = published.TraceHeader,
    };

    private static Attempt Outcome(PutEventsResultEntry entry)
    {
        var reason = $"EventBridge: {entry.ErrorCode}: {entry.ErrorMessage}";
        return entry.ErrorCode switch
        {
            null or "" => Attempt.Done,
            "ThrottlingException" or "InternalFailure" or "InternalException" or "ServiceUnavailable" => Attempt.Retry(reason),
            _ => Attempt.Rejected(reason),
        };
    }
}
