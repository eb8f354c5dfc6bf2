namespace DataToEvents.Emulator.Buses;

/// <summary>
/// The buses of an account: the one of the program, and those that clients of EventBridge make and delete while it runs. What clients made is stored, and is there again after a restart
/// with its rules and the events that it had not delivered. All members may be called from any thread.
/// </summary>
/// <param name="database">Holds the buses.</param>
/// <param name="clock">The clock of all buses.</param>
/// <param name="random">Chooses ids and the length of pauses.</param>
/// <param name="targets">Finds the targets of rules.</param>
public sealed class BusCatalog(Database database, TimeProvider clock, Random random, IRuleTargets targets) : IDisposable
{
    /// <summary>The bus of calls that name none.</summary>
    internal const string Default = "default";

    private const string Schema = "CREATE TABLE IF NOT EXISTS client_buses (name TEXT PRIMARY KEY, created INTEGER NOT NULL, description TEXT) WITHOUT ROWID;";

    private readonly OneAtATime _changes = new();
    private readonly Wake _changed = new(clock);
    private volatile SortedDictionary<string, AccountBus> _buses = new(StringComparer.Ordinal);

    /// <summary>All buses, by name.</summary>
    public IReadOnlyList<AccountBus> All => [.. _buses.Values];

    /// <summary>Events on the clients' buses that a target has not taken yet.</summary>
    public long Pending => All.Where(static bus => bus.IsOfClient).Sum(static bus => bus.Bus.Stats.Pending);

    public AccountBus? Find(string nameOrArn) => _buses.GetValueOrDefault(nameOrArn) ?? _buses.Values.FirstOrDefault(bus => bus.Bus.Options.Arn == nameOrArn);

    /// <summary>Adds the bus of the program, which runs it.</summary>
    public void Add(EventBus bus, RuleBook rules) => Put(new AccountBus(bus, rules));

    /// <summary>Opens the buses that clients made. Call it after the program has added its own.</summary>
    /// <param name="like">Has the region and the account of the buses.</param>
    public Task RestoreAsync(EventBusOptions like) => _changes.RunAsync(async () =>
    {
        database.Define(Schema);
        var stored = await database.InTransactionAsync(static connection => connection.Query(
            "SELECT name, created, description FROM client_buses", static row => (Name: row.GetString(0), Created: row.GetInt64(1), Description: row.IsNull(2) ? null : row.GetString(2))));
        foreach (var bus in stored.Where(bus => Find(bus.Name) is null))
        {
            await OpenAsync(like with { Name = bus.Name }, DateTimeOffset.FromUnixTimeMilliseconds(bus.Created), bus.Description);
        }

        return stored.Count;
    });

    /// <summary>Runs the clients' buses until cancelled. The first fault of one stops the others and comes out.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new List<Task>();
        try
        {
            while (true)
            {
                running.AddRange(All.Where(static bus => bus.IsOfClient && bus.Begins()).Select(bus => RunAsync(bus, stop)));
                await _changed.SleepAsync(stop.Token);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The host stops, or a bus had a fault, which is thrown below.
        }

        await Task.WhenAll(running);
    }

    public void Dispose()
    {
        foreach (var bus in All.Where(static bus => bus.IsOfClient))
        {
            bus.Dispose();
        }

        _changed.Dispose();
        _changes.Dispose();
    }

    /// <summary>Makes the bus <c>default</c>, which each account has on AWS, unless it is there. Call it after <see cref="RestoreAsync"/>.</summary>
    /// <param name="like">Has the region and the account of the bus.</param>
    internal async Task AddDefaultAsync(EventBusOptions like)
    {
        if (Find(Default) is null)
        {
            await CreateAsync(like with { Name = Default }, description: null);
        }
    }

    /// <exception cref="ServiceException">There is a bus of that name.</exception>
    internal Task<AccountBus> CreateAsync(EventBusOptions options, string? description) => _changes.RunAsync(async () =>
    {
        if (Find(options.Name) is not null)
        {
            throw new ServiceException("ResourceAlreadyExistsException", $"Event bus {options.Name} already exists.");
        }

        database.Define(Schema);
        var now = clock.GetUtcNow();
        await database.InTransactionAsync(connection => connection.Execute(
            "INSERT INTO client_buses (name, created, description) VALUES (?1, ?2, ?3)", options.Name, now.ToUnixTimeMilliseconds(), description));
        return await OpenAsync(options, now, description);
    });

    /// <summary>Deletes a client's bus with what it has not delivered.</summary>
    /// <exception cref="ServiceException">The bus has rules, the program made it, or it is the default bus.</exception>
    internal Task DeleteAsync(AccountBus bus) => _changes.RunAsync(async () =>
    {
        var name = bus.Bus.Options.Name;
        if (!bus.IsOfClient || name == Default)
        {
            throw new ServiceException("ValidationException", $"Cannot delete event bus {name}.");
        }

        if (bus.Rules.All.Count > 0)
        {
            throw new ServiceException("ValidationException", $"Cannot delete event bus {name}: its rules have to be deleted first.");
        }

        bus.Stop();
        await database.InTransactionAsync(connection =>
        {
            bus.Bus.Delete(connection);
            connection.Execute("DELETE FROM client_buses WHERE name = ?1", name);
        });
        _buses = new SortedDictionary<string, AccountBus>(_buses.Where(other => other.Value != bus).ToDictionary(), StringComparer.Ordinal);
        return name;
    });

    private static async Task RunAsync(AccountBus bus, CancellationTokenSource stop)
    {
        try
        {
            await bus.RunAsync(stop.Token);
        }
        catch
        {
            stop.Cancel();
            throw;
        }
    }

    private async Task<AccountBus> OpenAsync(EventBusOptions options, DateTimeOffset created, string? description)
    {
        var bus = await EventBus.OpenAsync(database, options, clock, random);
        var rules = new RuleBook(bus, database, targets);
        await rules.RestoreAsync();
        var opened = new AccountBus(bus, rules) { Created = created, Description = description };
        Put(opened);
        return opened;
    }

    private void Put(AccountBus bus)
    {
        _buses = new SortedDictionary<string, AccountBus>(_buses, StringComparer.Ordinal) { [bus.Bus.Options.Name] = bus };
        _changed.Set();
    }
}
