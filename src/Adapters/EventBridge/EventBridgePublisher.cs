using Amazon.EventBridge;
using Amazon.EventBridge.Model;
using Amazon.Runtime;
using DataToEvents.Adapters.Aws;
using DataToEvents.Adapters.Formats;
using DataToEvents.Application.IntegrationEventEmitter;
using DataToEvents.Application.Lanes;

namespace DataToEvents.Adapters.EventBridge;

/// <summary>The bus as an EventBridge event bus.</summary>
/// <param name="bridge">The client, see <see cref="SdkSettings"/>.</param>
/// <param name="options">Which bus.</param>
public sealed class EventBridgePublisher(IAmazonEventBridge bridge, EventBridgeOptions options) : IEventPublisher
{
    /// <summary>Call it at the start: PutEvents to a missing bus answers with success and an event id (github.com/aws/aws-sdk/issues/186).</summary>
    /// <exception cref="InvalidOperationException">There is no such bus.</exception>
    public async Task EnsureBusExistsAsync(CancellationToken cancellationToken)
    {
        try
        {
            await bridge.DescribeEventBusAsync(new DescribeEventBusRequest { Name = options.BusName }, cancellationToken).WithCodeAsync();
        }
        catch (AmazonServiceException fault) when (fault.ErrorCode == nameof(ResourceNotFoundException))
        {
            throw new InvalidOperationException($"There is no event bus {options.BusName} ({EventBridgeOptions.Variable}).", fault);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Attempt>> PublishAsync(IReadOnlyList<IntegrationEvent> batch, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await bridge.PutEventsAsync(new PutEventsRequest { Entries = [.. batch.Select(Entry)] }, cancellationToken).WithCodeAsync();
            return answer.Entries?.Count == batch.Count
                ? [.. answer.Entries.Select(Outcome)]
                : throw new InvalidOperationException($"EventBridge answered {answer.Entries?.Count ?? 0} of {batch.Count} entries.");
        }
        catch (AmazonServiceException fault) when (ServiceErrors.IsRefusal(fault))
        {
            return [.. batch.Select(_ => Attempt.Rejected($"EventBridge: {fault.Message}"))];
        }
    }

    private PutEventsRequestEntry Entry(IntegrationEvent published) => new()
    {
        EventBusName = options.BusName,
        Source = IntegrationEvent.Source,
        DetailType = published.DetailType,
        Detail = Encoding.UTF8.GetString(published.Detail.Span),
        Resources = [.. published.Resources],
        TraceHeader = XRayHeader.Of(published.TraceParent),
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
