using Amazon.Lambda.Core;
using Amazon.Lambda.DynamoDBEvents;
using DataToEvents.Functions.Shared;

namespace DataToEvents.Functions.IntegrationEventEmitter;

/// <summary>A DynamoDB stream's event and answer between JSON and Amazon's classes, the envelopes as bytes (docs/adr/0017). The function also takes what Amazon's own serializer reads.</summary>
public sealed class ChangesSerializer : ILambdaSerializer
{
    public T Deserialize<T>(Stream requestStream) => (T)(object)EventBytes.Read(requestStream, ChangesReader.Read);

    public void Serialize<T>(T response, Stream responseStream)
    {
        var answer = response as StreamsEventResponse ?? throw new ArgumentException($"A {typeof(T)} is not what the IntegrationEventEmitter answers.", nameof(response));
        BatchFailures.Write(answer.BatchItemFailures.Select(static failure => failure.ItemIdentifier), responseStream);
    }
}
