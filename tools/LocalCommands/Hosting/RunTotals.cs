using DataToEvents.Emulator.Storage;
using DataToEvents.Local.Reporting;

namespace DataToEvents.Local.Hosting;

/// <summary>
/// The shared numbers since the data directory began. They are written once a second and at the end, so that a host that is killed loses the counts of a second at most;
/// what it counts lies in the path's own places.
/// </summary>
internal sealed class RunTotals
{
    private const string Schema = "CREATE TABLE IF NOT EXISTS run_totals (name TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Database _database;
    private readonly Dictionary<string, long> _before;
    private Dictionary<string, long> _saved;

    private RunTotals(Database database, Dictionary<string, long> before) => (_database, _before, _saved) = (database, before, before);

    public static async Task<RunTotals> OpenAsync(Database database)
    {
        database.Define(Schema);
        var rows = await database.InTransactionAsync(static connection => connection.Query("SELECT name, count FROM run_totals", static row => (Name: row.GetString(0), Count: row.GetInt64(1))));
        return new RunTotals(database, rows.ToDictionary(static row => row.Name, static row => row.Count));
    }

    /// <returns>The count of earlier runs and of this one.</returns>
    public long Of(SharedNumber number, PathCounts sinceStart) => _before.GetValueOrDefault(number.Name) + number.Read(sinceStart);

    /// <summary>Writes the numbers until cancelled.</summary>
    public async Task RunAsync(Func<PathCounts> counts, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await SaveAsync(counts());
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host ends; its last numbers are written once all else has stopped.
        }
    }

    public async Task SaveAsync(PathCounts sinceStart)
    {
        var now = SharedNumber.All.ToDictionary(static number => number.Name, number => Of(number, sinceStart));
        var changed = now.Where(number => _saved.GetValueOrDefault(number.Key) != number.Value).ToList();
        if (changed.Count > 0)
        {
            await _database.InTransactionAsync(connection => changed.ForEach(number => connection.Execute("INSERT OR REPLACE INTO run_totals (name, count) VALUES (?1, ?2)", number.Key, number.Value)));
            _saved = now;
        }
    }
}
