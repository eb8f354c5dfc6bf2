using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.SQSEvents;
using Amazon.Lambda.Serialization.SystemTextJson;
using DataToEvents.Functions.EventResponder;

[assembly: LambdaGlobalProperties(GenerateMain = true)]
[assembly: LambdaSerializer(typeof(EventResponderSerializer))]

namespace DataToEvents.Functions.EventResponder;

// EventBridge carries 1,000 nested levels in a detail, and the event around it is one more; System.Text.Json stops at 64 by itself.
public sealed class EventResponderSerializer() : SourceGeneratorLambdaJsonSerializer<EventResponderJson>((JsonSerializerOptions options) => options.MaxDepth = 1_010);

[JsonSerializable(typeof(EventBridgeEvent))]
[JsonSerializable(typeof(SQSEvent))]
[JsonSerializable(typeof(SQSBatchResponse))]
[JsonSerializable(typeof(APIGatewayHttpApiV2ProxyRequest))]
[JsonSerializable(typeof(APIGatewayHttpApiV2ProxyResponse))]
public sealed partial class EventResponderJson : JsonSerializerContext;

[JsonSerializable(typeof(Problem))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class ProblemJson : JsonSerializerContext;
