using Amazon.EventBridge;
using Amazon.Lambda.Annotations;
using DataToEvents.Adapters.Aws;
using DataToEvents.Adapters.EventBridge;
using DataToEvents.Application.IntegrationEventEmitter;
using DataToEvents.Functions.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace DataToEvents.Functions.IntegrationEventEmitter;

/// <summary>The function as it runs on AWS: its settings and its port.</summary>
[LambdaStartup]
public sealed class Startup
{
    public void ConfigureServices(IServiceCollection services)
    {
        var publisher = new EventBridgePublisher(new AmazonEventBridgeClient(AwsHttp.Use(SdkSettings.Of<AmazonEventBridgeConfig>())), new EventBridgeOptions(Setting.Optional(EventBridgeOptions.Variable)));

        services
            .AddIntegrationEventEmitter(new EmitterOptions(Setting.Switch("EMIT_MODIFIED"), Setting.Switch("EMIT_REMOVED")))
            .AddMetricLog()
            .AddSingleton<IEventPublisher>(publisher);

        // PutEvents to a bus that does not exist "succeeds" (facts.md, section 4): better to fail here, before any event is lost.
        AtStart.Ensure("EventBridge", publisher.EnsureBusExistsAsync);
    }
}
