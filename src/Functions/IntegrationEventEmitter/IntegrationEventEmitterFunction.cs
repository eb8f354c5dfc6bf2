using Amazon.Lambda.DynamoDBEvents;
using DataToEvents.Adapters.Formats;
using DataToEvents.Application.IntegrationEventEmitter;

namespace DataToEvents.Functions.IntegrationEventEmitter;

/// <summary>
/// Publishes the table's changes and answers where the checkpoint stands if one could not be published. If that one is the first of several, the invocation
/// fails instead: Lambda halves a batch that failed, but retries "only the remaining records" of one that was answered in part, which would be all of them
/// (AWS Lambda Developer Guide, "Configuring partial batch response with DynamoDB and Lambda").
/// </summary>
public sealed class IntegrationEventEmitterFunction(EmitIntegrationEvents emit)
{
    [LambdaFunction]
    public async Task<StreamsEventResponse> Handle(DynamoDBEvent batch, ILambdaContext context)
    {
        var changes = (batch.Records ?? throw new ArgumentException("The event has no Records: it is not a DynamoDB stream's.")).Select(Translate).ToArray();
        var report = await emit.ExecuteAsync(changes, TimeBudget.Of(context));
        if (report.LowestFailed is not { } lowestFailed)
        {
            return new StreamsEventResponse { BatchItemFailures = [] };
        }

        IntegrationEventEmitterLog.NotPublished(new FunctionLogger(context.Logger), lowestFailed, report.Reason, report.Event?.Id, report.Event?.Stream, report.Event?.TraceId);
        if (changes.Length > 1 && lowestFailed == changes[0].SequenceNumber)
        {
            throw new InvalidOperationException(
                $"The change {lowestFailed} was not published: {report.Reason}. It is the first of {changes.Length} changes: the invocation fails, so that Lambda halves the batch.");
        }

        return new StreamsEventResponse { BatchItemFailures = [new StreamsEventResponse.BatchItemFailure { ItemIdentifier = lowestFailed }] };
    }

    private static StoreChange Translate(DynamoDBEvent.DynamodbStreamRecord record)
    {
        var change = record.Dynamodb ?? throw new ArgumentException($"Record {record.EventID} has no dynamodb member.");
        return new StreamRecord<Dictionary<string, DynamoDBEvent.AttributeValue>>(
            record.EventID, record.EventName, record.UserIdentity?.PrincipalId, change.SequenceNumber, record.EventSourceArn, change.Keys, change.NewImage, change.OldImage)
            .ToChange(ValueIn);
    }

    private static StoredValue? ValueIn(Dictionary<string, DynamoDBEvent.AttributeValue>? image, string name) =>
        image?.GetValueOrDefault(name) is { } value ? new StoredValue(value.S, value.B) : null;
}
