using DataToEvents.Application.EventStorer;
using DataToEvents.Emulator.Buses;
using DataToEvents.Emulator.Objects;
using DataToEvents.Emulator.Queues;
using DataToEvents.Emulator.Storage;
using DataToEvents.Emulator.Tables;

namespace DataToEvents.Common;

/// <summary>What lies between the functions: the services over one data directory, whether or not functions run.</summary>
public sealed class Engine : IAsyncDisposable
{
    /// <summary>SQS: at least 5 receives before a message is given up (facts.md, section 2).</summary>
    private const int MaxReceives = 5;

    internal const string DatabaseFile = "datatoevents.db";

    /// <summary>SQS's longest: what waits for a person waits as long as it can.</summary>
    private static readonly TimeSpan LongRetention = TimeSpan.FromDays(14);

    private Engine(Database database, DataBucket bucket) => (Database, Bucket) = (database, bucket);

    public Database Database { get; }

    public DataBucket Bucket { get; }

    public required MessageQueue Queue { get; init; }

    public required MessageQueue DeadLetters { get; init; }

    public required MessageQueue RuleDeadLetters { get; init; }

    /// <summary>Takes a copy of every event on the bus; null when this directory was never hosted with one.</summary>
    public required MessageQueue? Audit { get; init; }

    public required ItemTable Table { get; init; }

    /// <summary>The consumer's view, as the EventResponder keeps it in DynamoDB.</summary>
    public required ItemTable ViewTable { get; init; }

    public required EventBus Bus { get; init; }

    public IEnumerable<MessageQueue> Queues => new[] { Queue, DeadLetters, RuleDeadLetters, Audit }.OfType<MessageQueue>();

    /// <summary>Whether a host was ever started over this directory.</summary>
    public static bool HasData(DirectoryInfo data) => File.Exists(Path.Combine(data.FullName, DatabaseFile));

    /// <param name="data">Made when missing.</param>
    /// <param name="audit">Make the audit queue if there is none.</param>
    /// <exception cref="UserErrorException">The data directory cannot be used.</exception>
    public static async Task<Engine> OpenAsync(DirectoryInfo data, bool audit)
    {
        var database = OpenDatabase(data);
        try
        {
            return await OpenAsync(database, new DataBucket(new DiskBucket(data.FullName)), audit);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>The services' housekeeping, until cancelled; deliveries of the bus among it.</summary>
    public IEnumerable<Func<CancellationToken, Task>> Pumps =>
        [Bus.RunAsync, Table.RunAsync, ViewTable.RunAsync, .. Queues.Select(queue => (Func<CancellationToken, Task>)queue.RunAsync)];

    public async ValueTask DisposeAsync()
    {
        Bus.Dispose();
        foreach (var queue in Queues)
        {
            await queue.DisposeAsync();
        }

        await Database.DisposeAsync();
    }

    private static async Task<Engine> OpenAsync(Database database, DataBucket bucket, bool audit)
    {
        var (time, random) = (TimeProvider.System, Random.Shared);
        var deadLetters = await OpenAsync(new QueueOptions { Name = Names.DeadLetterQueue, Retention = LongRetention });
        return new Engine(database, bucket)
        {
            DeadLetters = deadLetters,
            Queue = await OpenAsync(new QueueOptions { Name = Names.Queue, Redrive = new RedrivePolicy(deadLetters, MaxReceives) }),
            RuleDeadLetters = await OpenAsync(new QueueOptions { Name = Names.RuleDeadLetterQueue, Fifo = false, Retention = LongRetention }),
            Audit = audit || await MessageQueue.ExistsAsync(database, Names.AuditQueue)
                ? await OpenAsync(new QueueOptions { Name = Names.AuditQueue, Fifo = false, Retention = LongRetention })
                : null,
            Table = await ItemTable.OpenAsync(database, new TableOptions { Name = Names.Table, TimeToLiveAttribute = EventItem.ExpiresAt }, time),
            ViewTable = await ItemTable.OpenAsync(database, new TableOptions { Name = Names.ViewTable, HasStream = false }, time),
            Bus = await OpenBusAsync(),
        };

        Task<MessageQueue> OpenAsync(QueueOptions options) => MessageQueue.OpenAsync(database, options, time, random);

        async Task<EventBus> OpenBusAsync()
        {
            var bus = await EventBus.OpenAsync(database, new EventBusOptions(Names.Bus), time, random);
            bus.Archive.Keep(name: Names.Archive);
            return bus;
        }
    }

    private static Database OpenDatabase(DirectoryInfo data)
    {
        try
        {
            data.Create();
            var file = Path.Combine(data.FullName, DatabaseFile);
            // SQLite opens a file that it may only read, and then has but "disk I/O error" to say.
            File.OpenHandle($"{file}-redo0", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite).Dispose();
            return Database.OpenFile(file);
        }
        catch (Exception fault) when (DiskFault.IsOne(fault))
        {
            throw new UserErrorException(DiskFault.Line(fault, data));
        }
    }
}
