using DataToEvents.Adapters.Embedded.DeliveryStream;
using DataToEvents.Adapters.Embedded.Doors;
using DataToEvents.Adapters.Embedded.Doors.DynamoDb;
using DataToEvents.Adapters.Embedded.Doors.Events;
using DataToEvents.Adapters.Embedded.Doors.Firehose;
using DataToEvents.Adapters.Embedded.Doors.HttpApi;
using DataToEvents.Adapters.Embedded.Doors.S3;
using DataToEvents.Adapters.Embedded.Doors.Sqs;
using DataToEvents.Deployed.Tests.Discovery;
using DataToEvents.Deployed.Tests.Permissions;

namespace DataToEvents.Deployed.Tests.Engine;

/// <summary>All services of the deployment on one port, each call checked against the deployed policies.</summary>
internal static class Doors
{
    public static async Task<FrontDoor> OpenAsync(
        Deployment deployment, Access access, Services services, Firehose stream, HttpApiDoor api, Action<string> tell)
    {
        FrontDoor? door = null;
        var policy = new DoorPolicy(deployment, access);
        while (door is null)
        {
            var port = Wiring.Ports.Any();
            try
            {
                door = await FrontDoor.StartAsync(new FrontDoorOptions
                {
                    Port = port,
                    Services =
                    [
                        new FirehoseService(stream),
                        new SqsService(services.Queues.Values, () => $"http://127.0.0.1:{port}"),
                        new DynamoDbService(services.Tables.Values),
                        new EventBridgeService(services.Bus),
                    ],
                    Policy = policy,
                    Api = api,
                    Objects = new S3Door(services.Buckets, policy),
                    OnFault = fault => tell($"A fault at the doors: {fault}"),
                });
            }
            catch (PortInUseException)
            {
                // Somebody was faster: another one.
            }
        }

        return door;
    }
}
