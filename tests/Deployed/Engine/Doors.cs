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
internal sealed class Doors : IAsyncDisposable
{
    private readonly SqsService _queues;
    private readonly S3Door _objects;
    private FrontDoor? _door;
    private int _port;

    private Doors(Services services, DoorPolicy policy) =>
        (_queues, _objects) = (new SqsService(services.Queues.Values, () => Url), new S3Door(services.Buckets, policy));

    public string Url => $"http://127.0.0.1:{_port}";

    public static async Task<Doors> OpenAsync(Deployment deployment, Access access, Services services, Firehose stream, HttpApiDoor api, Action<string> tell)
    {
        var policy = new DoorPolicy(deployment, access);
        var doors = new Doors(services, policy);
        var options = new FrontDoorOptions
        {
            Services =
            [
                doors._queues,
                new FirehoseService(stream),
                new DynamoDbService(services.Tables.Values),
                new DynamoDbStreamsService(services.Tables.Values),
                new EventBridgeService(services.Bus),
            ],
            Policy = policy,
            Api = api,
            Objects = doors._objects,
            OnFault = fault => tell($"A fault at the doors: {fault}"),
        };
        await doors.OpenAsync(options);
        return doors;
    }

    public async ValueTask DisposeAsync()
    {
        await _door!.DisposeAsync();
        await _queues.DisposeAsync();
        _objects.Dispose();
    }

    private async Task OpenAsync(FrontDoorOptions options)
    {
        while (_door is null)
        {
            _port = Wiring.Ports.Any();
            try
            {
                _door = await FrontDoor.StartAsync(options with { Port = _port });
            }
            catch (PortInUseException)
            {
                // Somebody was faster: another one.
            }
        }
    }
}
