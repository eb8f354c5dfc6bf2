using System.Collections.Concurrent;
using DataToEvents.Emulator.Buses;

namespace DataToEvents.Emulator;

/// <summary>An AWS account of a test's own, in the test's process: <c>await using var aws = await AwsEmulator.StartAsync(options)</c>.</summary>
public sealed class AwsEmulator : IAsyncDisposable
{
    private const string DatabaseFile = "emulator.db";

    private static readonly TimeSpan IdlePoll = TimeSpan.FromMilliseconds(5);

    private readonly Database _database;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<Exception> _faults;
    private readonly AccountEndpoint _endpoint;
    private readonly Task _running;

    private AwsEmulator(Database database, EmulatedAccount account, AccountEndpoint endpoint, ConcurrentQueue<Exception> faults)
    {
        (_database, Account, _endpoint, _faults) = (database, account, endpoint, faults);
        _running = account.RunAsync(_stop.Token);
    }

    /// <summary>What <c>AWS_ENDPOINT_URL</c>, <c>--endpoint-url</c> and a client's ServiceURL take. Any credentials will do.</summary>
    public string Url => _endpoint.Url;

    public EmulatedAccount Account { get; }

    /// <summary>Starts the services on a free port of loopback, with the resources that the options add.</summary>
    public static async Task<AwsEmulator> StartAsync(AwsEmulatorOptions? options = null)
    {
        options ??= new AwsEmulatorOptions();
        var database = options.Folder is { } folder ? Database.OpenFile(Path.Combine(Directory.CreateDirectory(folder).FullName, DatabaseFile)) : Database.OpenInMemory();
        var account = new EmulatedAccount(database, options.Clock, options.Seed is { } seed ? new Random(seed) : new Random());
        try
        {
            await options.AddResources(account);
            if (!account.HasBus)
            {
                await account.AddBusAsync(new EventBusOptions(BusCatalog.Default));
            }

            var faults = new ConcurrentQueue<Exception>();
            var endpoint = await AccountEndpoint.OpenAsync(account, new EndpointOptions { Port = options.Port, OnFault = faults.Enqueue });
            return new AwsEmulator(database, account, endpoint, faults);
        }
        catch
        {
            await account.DisposeAsync();
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until no message, record, change or event is on its way to a function or a target.</summary>
    /// <exception cref="OperationCanceledException">It took too long.</exception>
    /// <exception cref="AggregateException">A part of the emulator failed.</exception>
    public async Task WaitUntilIdleAsync(CancellationToken cancellationToken)
    {
        using var poll = new PeriodicTimer(IdlePoll);
        while (Account.UnderWay.Total > 0)
        {
            ThrowIfFaulted();
            if (_running.IsCompleted)
            {
                await _running;
            }

            await poll.WaitForNextTickAsync(cancellationToken);
        }

        ThrowIfFaulted();
    }

    /// <summary>Stops the services. What was in a folder is there at the next start; what was in memory is gone.</summary>
    /// <exception cref="AggregateException">A part of the emulator failed meanwhile.</exception>
    public async ValueTask DisposeAsync()
    {
        await _endpoint.DisposeAsync();
        await _stop.CancelAsync();
        try
        {
            await _running;
        }
        finally
        {
            await Account.DisposeAsync();
            await _database.DisposeAsync();
            _stop.Dispose();
        }

        ThrowIfFaulted();
    }

    private void ThrowIfFaulted()
    {
        if (!_faults.IsEmpty)
        {
            throw new AggregateException("The emulator failed on a request that no client is to blame for.", _faults);
        }
    }
}

/// <summary>What an <see cref="AwsEmulator"/> is made of.</summary>
public sealed record AwsEmulatorOptions
{
    /// <summary>Adds queues, tables, buckets, the bus and delivery streams, then rules and mappings. Without a bus of its own the account gets one named <c>default</c>.</summary>
    public Func<EmulatedAccount, Task> AddResources { get; init; } = static _ => Task.CompletedTask;

    /// <summary>The folder for all data except the objects in buckets: each bucket has its own place for them. Null keeps the data in memory.</summary>
    public string? Folder { get; init; }

    /// <summary>The port on loopback; 0 takes any free one.</summary>
    public int Port { get; init; }

    /// <summary>The clock of all services. With one that the test moves, timeouts and retries come when the test says so.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The seed of ids and pauses; null: another one at each start.</summary>
    public int? Seed { get; init; }
}
