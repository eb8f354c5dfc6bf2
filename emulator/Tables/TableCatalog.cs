namespace DataToEvents.Emulator.Tables;

/// <summary>
/// The tables of an account: those that the program adds, and those that clients of DynamoDB make, change and delete while it runs. What clients made is stored, and is there again
/// after a restart. All members may be called from any thread.
/// </summary>
/// <param name="database">Holds the tables.</param>
/// <param name="clock">The clock of all tables.</param>
public sealed class TableCatalog(Database database, TimeProvider clock) : IDisposable
{
    private const string Schema = "CREATE TABLE IF NOT EXISTS table_definitions (name TEXT PRIMARY KEY, definition TEXT NOT NULL) WITHOUT ROWID;";

    private static readonly TimeSpan HousekeepingInterval = TimeSpan.FromMinutes(1);

    private readonly OneAtATime _changes = new();
    private volatile SortedDictionary<string, ItemTable> _tables = new(StringComparer.Ordinal);

    /// <summary>All tables, by name.</summary>
    public IReadOnlyList<ItemTable> All => [.. _tables.Values];

    public ItemTable? Find(string name) => _tables.GetValueOrDefault(name);

    internal DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Adds a table of the program.</summary>
    public Task<ItemTable> AddAsync(ItemTableOptions options) => _changes.RunAsync(() => OpenAsync(options));

    /// <summary>Opens the tables that clients made. Call it after the program has added its own.</summary>
    public Task RestoreAsync() => _changes.RunAsync(async () =>
    {
        database.Define(Schema);
        var stored = await database.InTransactionAsync(static connection => connection.Query("SELECT definition FROM table_definitions", static row => row.GetString(0)));
        foreach (var options in stored.Select(TableDefinition.Read).Where(options => Find(options.Name) is null))
        {
            await OpenAsync(options);
        }

        return stored.Count;
    });

    /// <summary>Deletes expired items and trims the streams of the clients' tables every minute until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(HousekeepingInterval, clock, cancellationToken);
                foreach (var table in All.Where(static table => table.Options.OfClient is not null))
                {
                    await table.KeepHouseAsync();
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    public void Dispose() => _changes.Dispose();

    /// <exception cref="ServiceException">There is a table of that name.</exception>
    internal Task<ItemTable> CreateAsync(ItemTableOptions options) => _changes.RunAsync(async () =>
    {
        if (Find(options.Name) is not null)
        {
            throw new ServiceException("ResourceInUseException", $"Table already exists: {options.Name}");
        }

        database.Define(Schema);
        await database.InTransactionAsync(connection => Store(connection, options));
        return await OpenAsync(options);
    });

    /// <summary>Changes a table that a client made: its settings, its time to live and its indexes. A new index gets the items that are there.</summary>
    /// <param name="table">The table.</param>
    /// <param name="change">Gets the options and returns what they become.</param>
    internal Task<ItemTable> ChangeAsync(ItemTable table, Func<ItemTableOptions, ItemTableOptions> change) => _changes.RunAsync(async () =>
    {
        var before = table.Options;
        var after = change(before);
        try
        {
            await database.InTransactionAsync(connection =>
            {
                Store(connection, after);
                table.Change(connection, before, after);
                // Each later unit of work sees the new indexes.
                table.Options = after;
            });
        }
        catch
        {
            table.Options = before;
            throw;
        }

        return table;
    });

    /// <summary>Deletes a table that a client made, with its items and its stream.</summary>
    internal Task DeleteAsync(ItemTable table) => _changes.RunAsync(async () =>
    {
        try
        {
            await database.InTransactionAsync(connection =>
            {
                table.Sql.DeleteTable(connection);
                connection.Execute("DELETE FROM table_definitions WHERE name = ?1", table.Options.Name);
                // A later unit of work of a call that had found the table must not write into another table with its number.
                table.IsDeleted = true;
            });
        }
        catch
        {
            table.IsDeleted = false;
            throw;
        }

        _tables = new SortedDictionary<string, ItemTable>(_tables.Where(other => other.Value != table).ToDictionary(), StringComparer.Ordinal);
        return table;
    });

    private static void Store(DatabaseConnection connection, ItemTableOptions options) => connection.Execute(
        "INSERT OR REPLACE INTO table_definitions (name, definition) VALUES (?1, ?2)", options.Name, TableDefinition.Write(options));

    private async Task<ItemTable> OpenAsync(ItemTableOptions options)
    {
        var table = await ItemTable.OpenAsync(database, options, clock);
        _tables = new SortedDictionary<string, ItemTable>(_tables, StringComparer.Ordinal) { [options.Name] = table };
        return table;
    }
}
