using Amazon.DynamoDBv2;
using Amazon.S3;
using DataToEvents.Adapters.Aws;
using DataToEvents.Adapters.DynamoDb;
using DataToEvents.Adapters.S3;
using DataToEvents.Application.EventResponder;

namespace DataToEvents.Functions.EventResponder;

/// <summary>Registers what the function needs on AWS: its settings, and the adapters that implement its ports.</summary>
[LambdaStartup]
public sealed class EventResponderStartup
{
    public void ConfigureServices(IServiceCollection services)
    {
        var table = new StreamViewOptions(
            new DynamoDbOptions(Setting.Optional(DynamoDbOptions.ViewVariable), DynamoDbOptions.ViewVariable),
            Setting.Whole("VIEW_SHARDS", StreamViewOptions.DefaultShards, 1, 1_000),
            Setting.Switch("VIEW_LOOKUPS", byDefault: true));
        var payloads = new S3Options(Setting.Optional(S3Options.PayloadVariable), S3Options.PayloadVariable);
        var view = new DynamoDbStreamView(new AmazonDynamoDBClient(AwsHttp.Use(SdkSettings.Of<AmazonDynamoDBConfig>())), table, TimeProvider.System, Random.Shared);
        services
            .AddEventResponder(new ResponderOptions(Setting.Switch("HANDLE_REPLAYS")))
            .AddEmfMetrics()
            .AddSingleton<IStreamView>(view)
            .AddSingleton<IViewQueries>(view)
            .AddSingleton<IPayloadReader>(_ => new S3PayloadReader(new AmazonS3Client(AwsHttp.Use(S3Settings.For(Setting.Optional("AWS_ENDPOINT_URL")))), payloads));
        StartCheck.Ensure("DynamoDB", view.EnsureTableExistsAsync);
    }
}
