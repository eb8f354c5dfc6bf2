using DataToEvents.Emulator.Http;
using DataToEvents.Emulator.Http.DynamoDb;
using DataToEvents.Emulator.Http.EventBridge;
using DataToEvents.Emulator.Http.Firehose;
using DataToEvents.Emulator.Http.Functions;
using DataToEvents.Emulator.Http.HttpApi;
using DataToEvents.Emulator.Http.S3;
using DataToEvents.Emulator.Http.Sqs;
using DataToEvents.Emulator.Http.Sts;
using DataToEvents.Emulator.Server;

namespace DataToEvents.Emulator;

/// <summary>All services of an account on one loopback port: what <c>AWS_ENDPOINT_URL</c> and <c>--endpoint-url</c> name.</summary>
public sealed class AccountEndpoint : IAsyncDisposable
{
    private readonly S3Endpoint _objects;
    private readonly SqsService _queues;
    private EmulatorEndpoint? _server;

    private AccountEndpoint(EmulatedAccount account, ICallPolicy? policy) =>
        (_objects, _queues) = (new S3Endpoint(account.Buckets, policy), new SqsService(account.QueueCatalog, () => Url));

    public string Url => $"http://127.0.0.1:{_server!.Port}";

    /// <param name="account">Its present resources can be reached; resources that are added later cannot.</param>
    /// <param name="options">Port, policy, page.</param>
    /// <exception cref="PortInUseException">Somebody else listens on the port.</exception>
    public static async Task<AccountEndpoint> OpenAsync(EmulatedAccount account, EndpointOptions options)
    {
        await account.QueueCatalog.RestoreAsync();
        await account.Rules.RestoreAsync();
        var endpoint = new AccountEndpoint(account, options.Policy);
        try
        {
            endpoint._server = await EmulatorEndpoint.StartAsync(new EmulatorEndpointOptions
            {
                Port = options.Port,
                Services =
                [
                    endpoint._queues,
                    new DynamoDbService(account.Tables),
                    new DynamoDbStreamsService([.. account.Tables.Where(static table => table.Options.HasStream)]),
                    new EventBridgeService(account.Bus, account.Rules),
                    new StsService(account.Bus.Options.AccountId),
                    .. account.DeliveryStreams.Count > 0 ? [new FirehoseService([.. account.DeliveryStreams])] : Array.Empty<IJsonService>(),
                ],
                Policy = options.Policy,
                Api = options.Api,
                Page = options.Page,
                Functions = new FunctionsEndpoint(account.Functions, account.Bus.Options.Region, account.Bus.Options.AccountId, options.Policy),
                Objects = endpoint._objects,
                OnFault = options.OnFault,
            });
            return endpoint;
        }
        catch
        {
            await endpoint.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        await _queues.DisposeAsync();
    }
}

/// <summary>How an account is reached.</summary>
public sealed record EndpointOptions
{
    /// <summary>0: any port that is free.</summary>
    public int Port { get; init; }

    /// <summary>Decides which caller may call which operation. Null allows everything to everybody.</summary>
    public ICallPolicy? Policy { get; init; }

    /// <summary>The HTTP API, if the account has one.</summary>
    public HttpApiEndpoint? Api { get; init; }

    /// <summary>Answers browsers, below <see cref="EmulatorEndpoint.PagePrefix"/>.</summary>
    public RequestDelegate? Page { get; init; }

    /// <summary>Gets faults of the emulator that no client is to blame for.</summary>
    public required Action<Exception> OnFault { get; init; }
}
