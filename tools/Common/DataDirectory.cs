using DataToEvents.Adapters.Formats;
using DataToEvents.Emulator;
using DataToEvents.Emulator.Buses;
using DataToEvents.Emulator.Delivery;
using DataToEvents.Emulator.Objects;
using DataToEvents.Emulator.Queues;
using DataToEvents.Emulator.Server;
using DataToEvents.Emulator.Storage;
using DataToEvents.Emulator.Tables;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DataToEvents.Common;

/// <summary>The account that a data directory holds: the path's queues, tables, bus and bucket, by the names that Terraform gives them, whether or not functions run.</summary>
public sealed class DataDirectory : IAsyncDisposable
{
    /// <summary>
    /// The fewest that AWS advises ("Using Lambda with Amazon SQS" in the AWS Lambda Developer Guide), so that whoever breaks the store sees dead letters soon. Terraform's
    /// default is 100, for outages of hours.
    /// </summary>
    private const int MaxReceives = 5;

    internal const string DatabaseFile = "datatoevents.db";

    /// <summary>What the path publishes for each event that was stored.</summary>
    public const string InsertedPattern = """{"source":["datatoevents.insert"],"detail-type":["DataInserted"]}""";

    private const string Everything = """{"source":[{"prefix":""}]}""";

    /// <summary>SQS's longest retention: what waits for a person waits as long as it can.</summary>
    private static readonly TimeSpan LongRetention = TimeSpan.FromDays(14);

    /// <summary>Its retries last about a minute: so long may a consumer fail.</summary>
    private static readonly RuleOptions Inserted = new(Names.Rule)
    {
        Pattern = InsertedPattern,
        MaximumRetryAttempts = 10,
        FirstBackOff = TimeSpan.FromMilliseconds(100),
    };

    private DataDirectory(Database database, DataBucket bucket)
    {
        (Database, Bucket, Account) = (database, bucket, new EmulatedAccount(database, TimeProvider.System, Random.Shared));
        Account.AddBucket(Names.Bucket, bucket);
    }

    public Database Database { get; }

    public DataBucket Bucket { get; }

    /// <summary>Has what is below; delivery stream, rules and mappings are the caller's to add.</summary>
    public EmulatedAccount Account { get; }

    public MessageQueue Queue { get; private set; } = null!;

    public MessageQueue DeadLetters { get; private set; } = null!;

    public MessageQueue RuleDeadLetters { get; private set; } = null!;

    /// <summary>Gets a copy of every event on the bus; null if this directory was never hosted with one.</summary>
    public MessageQueue? Audit { get; private set; }

    public ItemTable Table { get; private set; } = null!;

    /// <summary>The consumer's view, as the EventResponder keeps it in DynamoDB.</summary>
    public ItemTable ViewTable { get; private set; } = null!;

    public EventBus Bus => Account.Bus;

    /// <summary>Whether a host was ever started over this directory.</summary>
    public static bool HasData(DirectoryInfo data) => File.Exists(Path.Combine(data.FullName, DatabaseFile));

    /// <exception cref="UserErrorException">The directory is missing, or no host was ever started over it.</exception>
    public static void ThrowIfNoData(DirectoryInfo data)
    {
        if (!HasData(data))
        {
            var why = data.Exists ? $"{data.FullName} is not a data directory: it has no {DatabaseFile}." : $"The data directory {data.FullName} does not exist.";
            throw new UserErrorException($"{why} Name the directory that the local host was started with (--data DIR; .data in the folder where `make run` was called).");
        }
    }

    /// <summary>Deletes everything in a data directory.</summary>
    /// <returns>How many files, and their bytes.</returns>
    /// <exception cref="UserErrorException">A host uses the directory, or it holds something else than a host's data.</exception>
    public static (int Files, long Bytes) Clear(DirectoryInfo data)
    {
        if (!data.Exists || !data.EnumerateFileSystemInfos().Any())
        {
            return (0, 0);
        }

        var here = Directory.GetCurrentDirectory() + Path.DirectorySeparatorChar;
        if (!HasData(data) || here.StartsWith(data.FullName.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new UserErrorException($"--fresh deletes nothing in {data.FullName}: it is not a data directory of a host, or this command runs inside of it. Name another directory with --data.");
        }

        ThrowIfInUse(data);
        var files = data.GetFiles("*", SearchOption.AllDirectories);
        var deleted = (files.Length, files.Sum(static file => file.Length));
        foreach (var entry in data.EnumerateFileSystemInfos())
        {
            if (entry is DirectoryInfo { LinkTarget: null } folder)
            {
                folder.Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }

        return deleted;
    }

    /// <param name="data">Made if it is missing.</param>
    /// <param name="audit">Make the audit queue if there is none.</param>
    /// <exception cref="UserErrorException">The data directory cannot be used.</exception>
    public static async Task<DataDirectory> OpenAsync(DirectoryInfo data, bool audit)
    {
        var directory = new DataDirectory(OpenDatabase(data), new DataBucket(new DiskBucket(data.FullName)));
        try
        {
            await directory.AddServicesAsync(audit);
            return directory;
        }
        catch
        {
            await directory.DisposeAsync();
            throw;
        }
    }

    /// <summary>Adds the rules on the bus.</summary>
    /// <param name="responder">The consumer's function.</param>
    /// <param name="audit">Gives the audit queue a copy of every event.</param>
    /// <param name="delivered">Called with the detail of each event that the consumer took.</param>
    public void AddRules(IInvocable responder, bool audit = false, Action<ReadOnlyMemory<byte>>? delivered = null)
    {
        var deadLetters = new QueueTarget(RuleDeadLetters);
        Bus.AddRule(Inserted, responder, deadLetters, delivered);
        if (audit && Audit is { } copies)
        {
            Bus.AddRule(new RuleOptions(Names.AuditRule) { Pattern = Everything, TargetArn = copies.Options.Arn }, new QueueTarget(copies), deadLetters);
        }
    }

    /// <summary>Adds a consumer of the user's own: a rule, and the function that it invokes.</summary>
    /// <exception cref="UserErrorException">The pattern is not valid.</exception>
    public void AddConsumer(string name, string pattern, IInvocable function)
    {
        try
        {
            Account.AddFunction(function);
            Bus.AddRule(Inserted with { Name = name, Pattern = pattern }, function, new QueueTarget(RuleDeadLetters));
        }
        catch (ServiceException refused)
        {
            throw new UserErrorException($"--pattern of {name}: {refused.Message}");
        }
    }

    /// <summary>Opens all services on one loopback port. Delivery streams are added before.</summary>
    /// <exception cref="UserErrorException">The port is in use.</exception>
    public async Task<AccountEndpoint> ListenAsync(EndpointOptions options)
    {
        try
        {
            return await AccountEndpoint.OpenAsync(Account, options);
        }
        catch (PortInUseException)
        {
            throw new UserErrorException($"Port {options.Port} is in use. Stop what listens there, or name another with --port (0 takes any free one).");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Account.DisposeAsync();
        await Database.DisposeAsync();
    }

    private async Task AddServicesAsync(bool audit)
    {
        DeadLetters = await Account.AddQueueAsync(new QueueOptions { Name = Names.DeadLetterQueue, Retention = LongRetention });
        Queue = await Account.AddQueueAsync(new QueueOptions { Name = Names.Queue, Redrive = new RedrivePolicy(DeadLetters, MaxReceives) });
        RuleDeadLetters = await Account.AddQueueAsync(new QueueOptions { Name = Names.RuleDeadLetterQueue, Fifo = false, Retention = LongRetention });
        Audit = audit || await MessageQueue.ExistsAsync(Database, Names.AuditQueue)
            ? await Account.AddQueueAsync(new QueueOptions { Name = Names.AuditQueue, Fifo = false, Retention = LongRetention })
            : null;
        Table = await Account.AddTableAsync(new ItemTableOptions { Name = Names.Table, TimeToLiveAttribute = EventItem.ExpiresAt, Partitions = 4 });
        ViewTable = await Account.AddTableAsync(new ItemTableOptions { Name = Names.ViewTable, HasStream = false });
        var bus = await Account.AddBusAsync(new EventBusOptions(Names.Bus));
        bus.Archive.Keep(name: Names.Archive);
    }

    private static void ThrowIfInUse(DirectoryInfo data)
    {
        try
        {
            // A damaged database may be deleted. One that another process holds may not.
            using var sqlite = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(data.FullName, DatabaseFile), Pooling = false, DefaultTimeout = 1 }.ConnectionString);
            sqlite.Open();
            using var command = sqlite.CreateCommand();
            command.CommandText = "BEGIN EXCLUSIVE; ROLLBACK";
            command.ExecuteNonQuery();
        }
        catch (SqliteException fault) when (fault.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
        {
            throw new UserErrorException(DiskFault.Line(fault, data));
        }
        catch (SqliteException fault) when (fault.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB)
        {
            // Nothing to keep.
        }
    }

    private static Database OpenDatabase(DirectoryInfo data)
    {
        try
        {
            data.Create();
            var file = Path.Combine(data.FullName, DatabaseFile);
            // SQLite opens a file that it may only read, and its later error is only "disk I/O error".
            File.OpenHandle($"{file}-redo0", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite).Dispose();
            return Database.OpenFile(file);
        }
        catch (Exception fault) when (DiskFault.IsOne(fault))
        {
            throw new UserErrorException(DiskFault.Line(fault, data));
        }
    }
}
