using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.Lambda.DynamoDBEvents;
using DataToEvents.Application.IntegrationEventEmitter;
using DataToEvents.Functions.Shared;

namespace DataToEvents.Functions.IntegrationEventEmitter;

/// <summary>Publishes the table's changes and answers where the checkpoint stands if one could not be published.</summary>
public sealed class Function(EmitIntegrationEvents emit)
{
    [LambdaFunction]
    public async Task<StreamsEventResponse> Handle(DynamoDBEvent batch, ILambdaContext context)
    {
        var changes = (batch.Records ?? throw new ArgumentException("The event has no Records: it is not a DynamoDB stream's.")).Select(StreamRecord.Translate).ToArray();
        var report = await emit.ExecuteAsync(changes, TimeBudget.Of(context));
        if (report.LowestFailed is not { } lowestFailed)
        {
            return new StreamsEventResponse { BatchItemFailures = [] };
        }

        Log.NotPublished(new LambdaLog(context.Logger), lowestFailed, report.Reason, report.Event?.Id, report.Event?.Stream, report.Event?.TraceId);
        return new StreamsEventResponse { BatchItemFailures = [new StreamsEventResponse.BatchItemFailure { ItemIdentifier = lowestFailed }] };
    }
}
