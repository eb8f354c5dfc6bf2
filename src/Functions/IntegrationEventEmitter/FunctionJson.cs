using System.Text.Json.Serialization;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.Lambda.DynamoDBEvents;
using DataToEvents.Functions.IntegrationEventEmitter;

[assembly: LambdaGlobalProperties(GenerateMain = true)]
[assembly: LambdaSerializer(typeof(ChangesSerializer))]

namespace DataToEvents.Functions.IntegrationEventEmitter;

/// <summary>Amazon's classes for Amazon's serializer, as the hosts on one machine use it.</summary>
[JsonSerializable(typeof(DynamoDBEvent))]
[JsonSerializable(typeof(StreamsEventResponse))]
public sealed partial class FunctionJson : JsonSerializerContext;
