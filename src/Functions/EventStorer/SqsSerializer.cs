using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using DataToEvents.Functions.Shared;

namespace DataToEvents.Functions.EventStorer;

/// <summary>SQS's event and answer between JSON and Amazon's classes, the messages' bodies as bytes (docs/adr/0017). The function also takes what Amazon's own serializer reads.</summary>
public sealed class SqsSerializer : ILambdaSerializer
{
    public T Deserialize<T>(Stream requestStream) => (T)(object)EventBytes.Read(requestStream, SqsEventReader.Read);

    public void Serialize<T>(T response, Stream responseStream)
    {
        var answer = response as SQSBatchResponse ?? throw new ArgumentException($"A {typeof(T)} is not what the EventStorer answers.", nameof(response));
        BatchFailures.Write(answer.BatchItemFailures.Select(static failure => failure.ItemIdentifier), responseStream);
    }
}
