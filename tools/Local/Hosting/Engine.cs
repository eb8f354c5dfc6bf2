using DataToEvents.Adapters.Embedded.Bus;
using DataToEvents.Adapters.Embedded.Objects;
using DataToEvents.Adapters.Embedded.Ports;
using DataToEvents.Adapters.Embedded.Queue;
using DataToEvents.Adapters.Embedded.Storage;
using DataToEvents.Adapters.Embedded.Table;
using DataToEvents.Application.EventStorer;
using Microsoft.Data.Sqlite;

namespace DataToEvents.Local.Hosting;

/// <summary>What lies between the functions: the services and where they keep their data.</summary>
internal sealed class Engine : IAsyncDisposable
{
    private const string DatabaseFile = "datatoevents.db";

    private Engine(Database database, DiskBucket bucket, MessageQueue queue, MessageQueue deadLetters, MessageQueue ruleDeadLetters, ItemTable table, EventBus bus)
    {
        (Database, Bucket, Queue, DeadLetters, RuleDeadLetters, Table, Bus) = (database, bucket, queue, deadLetters, ruleDeadLetters, table, bus);
        View = new EmbeddedStreamView(database);
        Quarantine = new CountingQuarantine(new EmbeddedQuarantine(bucket));
    }

    public Database Database { get; }

    public DiskBucket Bucket { get; }

    public MessageQueue Queue { get; }

    public MessageQueue DeadLetters { get; }

    public MessageQueue RuleDeadLetters { get; }

    public ItemTable Table { get; }

    public EventBus Bus { get; }

    public EmbeddedStreamView View { get; }

    public CountingQuarantine Quarantine { get; }

    /// <exception cref="UserErrorException">The data directory cannot be used.</exception>
    public static async Task<Engine> OpenAsync(DirectoryInfo data)
    {
        var database = OpenDatabase(data);
        var (time, random) = (TimeProvider.System, Random.Shared);
        var deadLetters = await MessageQueue.OpenAsync(database, new QueueOptions { Name = "data-events-dlq.fifo", Retention = TimeSpan.FromDays(14) }, time, random);
        var queue = await MessageQueue.OpenAsync(
            database, new QueueOptions { Name = "data-events-queue.fifo", Redrive = new RedrivePolicy(deadLetters, LocalSettings.MaxReceives) }, time, random);
        var ruleDeadLetters = await MessageQueue.OpenAsync(
            database, new QueueOptions { Name = "data-events-rule-dlq", Fifo = false, Retention = TimeSpan.FromDays(14) }, time, random);
        var table = await ItemTable.OpenAsync(
            database, new TableOptions { Name = "data-events", TimeToLiveAttribute = EventItem.ExpiresAt }, time);
        var bus = await EventBus.OpenAsync(database, new EventBusOptions("data-events-bus"), time, random);
        return new Engine(database, new DiskBucket(data.FullName), queue, deadLetters, ruleDeadLetters, table, bus);
    }

    public async ValueTask DisposeAsync()
    {
        Bus.Dispose();
        await Queue.DisposeAsync();
        await DeadLetters.DisposeAsync();
        await RuleDeadLetters.DisposeAsync();
        await Database.DisposeAsync();
    }

    private static Database OpenDatabase(DirectoryInfo data)
    {
        var file = Path.Combine(data.FullName, DatabaseFile);
        try
        {
            data.Create();
            return Database.OpenFile(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The data directory {data.FullName} cannot be used: {fault.Message}");
        }
        catch (SqliteException fault) when (fault.SqliteErrorCode is SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED)
        {
            throw new UserErrorException($"The data directory {data.FullName} is in use by another host. Stop that one, or name another directory with --data.");
        }
        catch (SqliteException fault)
        {
            throw new UserErrorException($"The database {file} cannot be opened: {fault.Message}");
        }
    }
}
