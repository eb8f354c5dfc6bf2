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

/// <summary>All of AWS's endpoints to one engine, on one port of this machine: what <c>AWS_ENDPOINT_URL</c> and <c>--endpoint-url</c> name.</summary>
public sealed class EngineEndpoint : IAsyncDisposable
{
    private readonly S3Endpoint _objects;
    private readonly SqsService _queues;
    private EmulatorEndpoint? _endpoint;

    private EngineEndpoint(Engine engine)
    {
        _objects = new S3Endpoint(new Dictionary<string, ObjectBucket> { [Names.Bucket] = engine.Bucket });
        _queues = new SqsService(engine.Queues, () => Url);
    }

    public int Port => _endpoint!.Port;

    public string Url => $"http://127.0.0.1:{Port}";

    /// <param name="engine">What is behind the endpoints.</param>
    /// <param name="port">0: any free one.</param>
    /// <param name="stream">The delivery stream, where functions run.</param>
    /// <param name="api">The consumer's HTTP API, where functions run.</param>
    /// <param name="onFault">Takes faults that no client is to blame for.</param>
    /// <param name="page">Answers browsers.</param>
    /// <exception cref="UserErrorException">The port is in use.</exception>
    public static async Task<EngineEndpoint> OpenAsync(Engine engine, int port, Firehose? stream, HttpApiEndpoint? api, Action<Exception> onFault, RequestDelegate? page = null)
    {
        var endpoints = new EngineEndpoint(engine);
        try
        {
            endpoints._endpoint = await EmulatorEndpoint.StartAsync(new EmulatorEndpointOptions
            {
                Port = port,
                Services = [.. endpoints.Services(engine, stream)],
                Api = api,
                Page = page,
                Objects = endpoints._objects,
                OnFault = onFault,
            });
            return endpoints;
        }
        catch (PortInUseException)
        {
            await endpoints.DisposeAsync();
            throw new UserErrorException($"Port {port} is in use. Stop what listens there, or name another with --port (0 takes any free one).");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_endpoint is not null)
        {
            await _endpoint.DisposeAsync();
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
