using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;
using DataToEvents.Functions.EventStorer;

[assembly: LambdaGlobalProperties(GenerateMain = true)]
[assembly: LambdaSerializer(typeof(SourceGeneratorLambdaJsonSerializer<EventStorerJson>))]

namespace DataToEvents.Functions.EventStorer;

/// <summary>Amazon's classes for Amazon's serializer.</summary>
[JsonSerializable(typeof(SQSEvent))]
[JsonSerializable(typeof(SQSBatchResponse))]
public sealed partial class EventStorerJson : JsonSerializerContext;
