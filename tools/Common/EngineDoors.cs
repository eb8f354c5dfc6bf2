using DataToEvents.Emulator.DeliveryStreams;
using DataToEvents.Emulator.Http;
using DataToEvents.Emulator.Http.DynamoDb;
using DataToEvents.Emulator.Http.EventBridge;
using DataToEvents.Emulator.Http.Firehose;
using DataToEvents.Emulator.Http.HttpApi;
using DataToEvents.Emulator.Http.Json;
using DataToEvents.Emulator.Http.S3;
using DataToEvents.Emulator.Http.Sqs;
using DataToEvents.Emulator.Objects;
using DataToEvents.Emulator.Server;
using Microsoft.AspNetCore.Http;

namespace DataToEvents.Common;

/// <summary>All of AWS's doors to one engine, on one port of this machine: what <c>AWS_ENDPOINT_URL</c> and <c>--endpoint-url</c> name.</summary>
public sealed class EngineDoors : IAsyncDisposable
{
    private readonly S3Door _objects;
    private readonly SqsService _queues;
    private FrontDoor? _door;

    private EngineDoors(Engine engine)
    {
        _objects = new S3Door(new Dictionary<string, ObjectBucket> { [Names.Bucket] = engine.Bucket });
        _queues = new SqsService(engine.Queues, () => Url);
    }

    public int Port => _door!.Port;

    public string Url => $"http://127.0.0.1:{Port}";

    /// <param name="engine">What is behind the doors.</param>
    /// <param name="port">0: any free one.</param>
    /// <param name="stream">The delivery stream, where functions run.</param>
    /// <param name="api">The consumer's HTTP API, where functions run.</param>
    /// <param name="onFault">Takes faults that no client is to blame for.</param>
    /// <param name="page">Answers browsers.</param>
    /// <exception cref="UserErrorException">The port is in use.</exception>
    public static async Task<EngineDoors> OpenAsync(Engine engine, int port, Firehose? stream, HttpApiDoor? api, Action<Exception> onFault, RequestDelegate? page = null)
    {
        var doors = new EngineDoors(engine);
        try
        {
            doors._door = await FrontDoor.StartAsync(new FrontDoorOptions
            {
                Port = port,
                Services = [.. doors.Services(engine, stream)],
                Api = api,
                Page = page,
                Objects = doors._objects,
                OnFault = onFault,
            });
            return doors;
        }
        catch (PortInUseException)
        {
            await doors.DisposeAsync();
            throw new UserErrorException($"Port {port} is in use. Stop what listens there, or name another with --port (0 takes any free one).");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_door is not null)
        {
            await _door.DisposeAsync();
        }

        await _queues.DisposeAsync();
        _objects.Dispose();
    }

    private IEnumerable<IJsonService> Services(Engine engine, Firehose? stream)
    {
        yield return _queues;
        yield return new DynamoDbService([engine.Table, engine.ViewTable]);
        yield return new DynamoDbStreamsService([engine.Table]);
        yield return new EventBridgeService(engine.Bus);
        if (stream is not null)
        {
            yield return new FirehoseService(stream);
        }
    }
}
