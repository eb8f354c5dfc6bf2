using Amazon.EventBridge;
using DataToEvents.Adapters.Aws;
using DataToEvents.Adapters.EventBridge;
using DataToEvents.Application.IntegrationEventEmitter;

namespace DataToEvents.Functions.IntegrationEventEmitter;

/// <summary>Registers what the function needs on AWS: its settings, and the adapters that implement its ports.</summary>
[LambdaStartup]
public sealed class IntegrationEventEmitterStartup
{
    public void ConfigureServices(IServiceCollection services)
    {
        var publisher = new EventBridgePublisher(new AmazonEventBridgeClient(AwsHttp.Use(SdkSettings.Of<AmazonEventBridgeConfig>())), new EventBridgeOptions(Setting.Optional(EventBridgeOptions.Variable)));

        services
            .AddIntegrationEventEmitter(new EmitterOptions(Setting.Switch("EMIT_MODIFIED"), Setting.Switch("EMIT_REMOVED")))
            .AddEmfMetrics()
            .AddSingleton<IEventPublisher>(publisher);

        // PutEvents to a bus that does not exist succeeds (github.com/aws/aws-sdk/issues/186), and its events are lost.
        StartCheck.Ensure("EventBridge", publisher.EnsureBusExistsAsync);
    }
}
