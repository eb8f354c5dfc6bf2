using Amazon.Lambda.KinesisFirehoseEvents;
using DataToEvents.Functions.Transformer;

[assembly: LambdaGlobalProperties(GenerateMain = true)]
[assembly: LambdaSerializer(typeof(FirehoseSerializer))]

namespace DataToEvents.Functions.Transformer;

/// <summary>Amazon's classes for Amazon's serializer, for hosts that keep an answer's bytes longer than <see cref="FirehoseSerializer"/> lends them.</summary>
[JsonSerializable(typeof(KinesisFirehoseEvent))]
[JsonSerializable(typeof(KinesisFirehoseEvent.FirehoseRecord), TypeInfoPropertyName = "ArrivedRecord")]
[JsonSerializable(typeof(IList<KinesisFirehoseEvent.FirehoseRecord>), TypeInfoPropertyName = "ArrivedRecords")]
[JsonSerializable(typeof(KinesisFirehoseResponse))]
[JsonSerializable(typeof(IList<KinesisFirehoseResponse.FirehoseRecord>), TypeInfoPropertyName = "TransformedRecords")]
[JsonSerializable(typeof(KinesisFirehoseResponse.FirehoseRecord), TypeInfoPropertyName = "TransformedRecord")]
public sealed partial class TransformerJson : JsonSerializerContext;
