using DataToEvents.Deployed.Tests.Discovery;
using DataToEvents.Deployed.Tests.Permissions;
using DataToEvents.Emulator.DeliveryStreams;
using DataToEvents.Emulator.Http;
using DataToEvents.Emulator.Http.DynamoDb;
using DataToEvents.Emulator.Http.EventBridge;
using DataToEvents.Emulator.Http.Firehose;
using DataToEvents.Emulator.Http.HttpApi;
using DataToEvents.Emulator.Http.S3;
using DataToEvents.Emulator.Http.Sqs;
using DataToEvents.Emulator.Server;

namespace DataToEvents.Deployed.Tests.Engine;

/// <summary>All services of the deployment on one port, each call checked against the deployed policies.</summary>
internal sealed class DeployedEndpoint : IAsyncDisposable
{
    private readonly SqsService _queues;
    private readonly S3Endpoint _objects;
    private EmulatorEndpoint? _endpoint;
    private int _port;

    private DeployedEndpoint(Services services, CallerPolicy policy) =>
        (_queues, _objects) = (new SqsService(services.Queues.Values, () => Url), new S3Endpoint(services.Buckets, policy));

    public string Url => $"http://127.0.0.1:{_port}";

    public static async Task<DeployedEndpoint> OpenAsync(Deployment deployment, Access access, Services services, Firehose stream, HttpApiEndpoint api, Action<string> tell)
    {
        var policy = new CallerPolicy(deployment, access);
        var endpoints = new DeployedEndpoint(services, policy);
        var options = new EmulatorEndpointOptions
        {
            Services =
            [
                endpoints._queues,
                new FirehoseService(stream),
                new DynamoDbService(services.Tables.Values),
                new DynamoDbStreamsService(services.Tables.Values),
                new EventBridgeService(services.Bus),
            ],
            Policy = policy,
            Api = api,
            Objects = endpoints._objects,
            OnFault = fault => tell($"A fault at the endpoints: {fault}"),
        };
        await endpoints.OpenAsync(options);
        return endpoints;
    }

    public async ValueTask DisposeAsync()
    {
        await _endpoint!.DisposeAsync();
        await _queues.DisposeAsync();
        _objects.Dispose();
    }

    private async Task OpenAsync(EmulatorEndpointOptions options)
    {
        while (_endpoint is null)
        {
            _port = Wiring.Ports.Any();
            try
            {
                _endpoint = await EmulatorEndpoint.StartAsync(options with { Port = _port });
            }
            catch (PortInUseException)
            {
                // Somebody was faster: another one.
            }
        }
    }
}
