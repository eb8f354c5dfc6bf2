using System.Text.Json.Serialization;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using DataToEvents.Functions.EventStorer;

[assembly: LambdaGlobalProperties(GenerateMain = true)]
[assembly: LambdaSerializer(typeof(SqsSerializer))]

namespace DataToEvents.Functions.EventStorer;

/// <summary>Amazon's classes for Amazon's serializer, as the hosts on one machine use it.</summary>
[JsonSerializable(typeof(SQSEvent))]
[JsonSerializable(typeof(SQSBatchResponse))]
public sealed partial class FunctionJson : JsonSerializerContext;
