using Amazon.S3;
using Amazon.SQS;
using DataToEvents.Adapters.Aws;
using DataToEvents.Adapters.JsonSchemas;
using DataToEvents.Adapters.S3;
using DataToEvents.Adapters.Sqs;
using DataToEvents.Adapters.Zstd;
using DataToEvents.Application.Transformer;
using DataToEvents.Domain.Catalog;

namespace DataToEvents.Functions.Transformer;

/// <summary>Registers what the function needs on AWS: its settings, and the adapters that implement its ports.</summary>
[LambdaStartup]
public sealed class TransformerStartup
{
    /// <summary>The largest limit for unpacked bytes. Unpacking needs twice as much memory, and a function has 10 GB at most.</summary>
    private const int MaxUnpackedLimit = 1_000_000_000;

    public void ConfigureServices(IServiceCollection services)
    {
        var queue = new SqsEventQueue(new LeanSqsClient(AwsHttp.Use(SdkSettings.Of<AmazonSQSConfig>())), new SqsOptions(Setting.Optional(SqsOptions.QueueVariable), SqsOptions.QueueVariable));
        var payloads = new S3Options(Setting.Optional(S3Options.PayloadVariable), S3Options.PayloadVariable);
        var options = new TransformerOptions(Setting.Whole("INLINE_LIMIT", TransformerOptions.DefaultInlineLimit, 1_000, TransformerOptions.MaxInlineLimit))
        {
            UnpackedLimit = Setting.Whole("UNPACKED_LIMIT", RecordReader.DefaultUnpackedLimit, 1_000, MaxUnpackedLimit),
        };
        services
            .AddTransformer(ReadCatalog(), options)
            .AddEmfMetrics()
            .AddSingleton<IEventQueue>(queue)
            .AddSingleton<IPayloadStore>(_ => new S3PayloadStore(new AmazonS3Client(AwsHttp.Use(S3Settings.For(Setting.Optional("AWS_ENDPOINT_URL")))), payloads));
        StartCheck.Ensure("SQS", queue.EnsureQueueExistsAsync);
    }

    private static EventCatalog ReadCatalog()
    {
        var path = Setting.Optional("CATALOG_PATH") ?? Path.Combine(AppContext.BaseDirectory, "catalog.json");
        return EventCatalog.Parse(File.ReadAllBytes(path), MaskKeySetting.Read, SchemaFolder.Beside(path).Open, [new ZstdUnpacker()]);
    }
}
