using Amazon.Lambda.DynamoDBEvents;
using Amazon.Lambda.Serialization.SystemTextJson;
using DataToEvents.Functions.IntegrationEventEmitter;

[assembly: LambdaGlobalProperties(GenerateMain = true)]
[assembly: LambdaSerializer(typeof(SourceGeneratorLambdaJsonSerializer<IntegrationEventEmitterJson>))]

namespace DataToEvents.Functions.IntegrationEventEmitter;

/// <summary>Amazon's classes for Amazon's serializer.</summary>
[JsonSerializable(typeof(DynamoDBEvent))]
[JsonSerializable(typeof(StreamsEventResponse))]
public sealed partial class IntegrationEventEmitterJson : JsonSerializerContext;
