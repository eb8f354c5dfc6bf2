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

    private readonly IPAddress _address;

    private AccountEndpoint(EmulatedAccount account, EndpointOptions options) =>
        (_objects, _queues, _address) = (new S3Endpoint(account.Buckets, options.Policy), new SqsService(account.QueueCatalog, () => Url), options.Address);

    /// <summary>The URL for clients on this machine.</summary>
    public string Url => $"http://{new IPEndPoint(Reachable(_address), _server!.Port)}";

    /// <param name="account">Its present resources can be reached; resources that are added later cannot.</param>
    /// <param name="options">Port, policy, page.</param>
    /// <exception cref="PortInUseException">Somebody else listens on the port.</exception>
    public static async Task<AccountEndpoint> OpenAsync(EmulatedAccount account, EndpointOptions options)
    {
        await account.QueueCatalog.RestoreAsync();
        await account.TableCatalog.RestoreAsync();
        await account.AsyncInvocations.OpenAsync();
        await account.Rules.RestoreAsync();
        await account.BusCatalog.RestoreAsync(account.Bus.Options);
        await account.BusCatalog.AddDefaultAsync(account.Bus.Options);
        var endpoint = new AccountEndpoint(account, options);
        try
        {
            endpoint._server = await EmulatorEndpoint.StartAsync(new EmulatorEndpointOptions
            {
                Address = options.Address,
                Port = options.Port,
                AllowedHosts = options.AllowedHosts,
                AllowedOrigins = options.AllowedOrigins,
                Services =
                [
                    endpoint._queues,
                    new DynamoDbService(account.TableCatalog, account.Bus.Options.Region, account.Bus.Options.AccountId),
                    new DynamoDbStreamsService(account.TableCatalog),
                    new EventBridgeService(account.BusCatalog, account.Bus),
                    new StsService(account.Bus.Options.AccountId),
                    .. account.DeliveryStreams.Count > 0 ? [new FirehoseService([.. account.DeliveryStreams])] : Array.Empty<IJsonService>(),
                ],
                Policy = options.Policy,
                Api = options.Api,
                Records = options.Records,
                Page = options.Page,
                Functions = new FunctionsEndpoint(account.Functions, account.Mappings, account.Bus.Options.Region, account.Bus.Options.AccountId, options.Policy, account.AsyncInvocations),
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

    /// <summary>An address to connect to: 0.0.0.0 and :: are only addresses to listen at.</summary>
    private static IPAddress Reachable(IPAddress address) =>
        address.Equals(IPAddress.Any) ? IPAddress.Loopback : address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : address;
}

/// <summary>How an account is reached.</summary>
public sealed record EndpointOptions
{
    /// <summary>The address to listen at. Whoever reaches another one than loopback can read, change and delete everything.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <inheritdoc cref="EmulatorEndpointOptions.AllowedHosts"/>
    public IReadOnlyCollection<string> AllowedHosts { get; init; } = [];

    /// <inheritdoc cref="EmulatorEndpointOptions.AllowedOrigins"/>
    public IReadOnlyCollection<string> AllowedOrigins { get; init; } = [];

    /// <summary>0: any port that is free.</summary>
    public int Port { get; init; }

    /// <summary>Decides which caller may call which operation. Null allows everything to everybody.</summary>
    public ICallPolicy? Policy { get; init; }

    /// <summary>The HTTP API, if the account has one.</summary>
    public HttpApiEndpoint? Api { get; init; }

    /// <inheritdoc cref="EmulatorEndpointOptions.Records"/>
    public PutRecordEndpoint? Records { get; init; }

    /// <summary>Answers browsers, below <see cref="EmulatorEndpoint.PagePrefix"/>.</summary>
    public RequestDelegate? Page { get; init; }

    /// <summary>Gets faults of the emulator that no client is to blame for.</summary>
    public required Action<Exception> OnFault { get; init; }
}
