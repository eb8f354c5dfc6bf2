using Amazon.DynamoDBv2;
using Amazon.S3;
using Amazon.SQS;
using DataToEvents.Adapters.Aws;
using DataToEvents.Adapters.DynamoDb;
using DataToEvents.Adapters.S3;
using DataToEvents.Adapters.Sqs;
using DataToEvents.Application.EventStorer;

namespace DataToEvents.Functions.EventStorer;

/// <summary>Registers what the function needs on AWS: its settings, and the adapters that implement its ports.</summary>
[LambdaStartup]
public sealed class EventStorerStartup
{
    private const int TenYearsInDays = 3_650;

    public void ConfigureServices(IServiceCollection services)
    {
        // This function makes one call at a time. With this setting the thread that receives an answer goes on with it, and wakes no other thread. .NET reads it with the first socket.
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
        var table = new DynamoDbOptions(Setting.Optional(DynamoDbOptions.StoreVariable), DynamoDbOptions.StoreVariable);
        var store = new DynamoDbEventStore(new AmazonDynamoDBClient(AwsHttp.Use(SdkSettings.Of<AmazonDynamoDBConfig>())), table, Setting.Switch("COMPRESS_ENVELOPES"));
        var quarantine = new S3Options(Setting.Optional(S3Options.QuarantineVariable), S3Options.QuarantineVariable);
        var deadLetters = new SqsOptions(Setting.Optional(SqsOptions.DeadLettersVariable), SqsOptions.DeadLettersVariable);
        services
            .AddEventStorer(new EventStorerOptions(KeepFor()))
            .AddEmfMetrics()
            .AddSingleton<IEventStore>(store)
            .AddSingleton<IQuarantine>(_ => new S3Quarantine(new AmazonS3Client(AwsHttp.Use(S3Settings.For(Setting.Optional("AWS_ENDPOINT_URL")))), quarantine))
            .AddSingleton<IDeadLetters>(_ => new SqsDeadLetters(new LeanSqsClient(AwsHttp.Use(SdkSettings.Of<AmazonSQSConfig>())), deadLetters));
        StartCheck.Ensure("DynamoDB", store.EnsureTableExistsAsync);
    }

    private static TimeSpan? KeepFor() =>
        Setting.Whole("KEEP_DAYS", 0, 0, TenYearsInDays) is > 0 and var days ? TimeSpan.FromDays(days) : null;
}
