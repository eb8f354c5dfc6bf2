using DataToEvents.Emulator.Queues;
using DataToEvents.Emulator.Storage;
using Microsoft.Extensions.Time.Testing;

namespace DataToEvents.Emulator.Tests.Queues;

/// <summary>A queue and its dead-letter queue, with a clock that the test moves.</summary>
internal sealed class QueueBed : IAsyncDisposable
{
    public static readonly TimeSpan Visibility = TimeSpan.FromSeconds(30);

    /// <summary>How long a test waits at most. It is longer than any machine needs.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Random _random = new(1);

    private QueueBed(Database database) => Database = database;

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    public Database Database { get; private set; }

    public MessageQueue Queue { get; private set; } = null!;

    public MessageQueue DeadLetters { get; private set; } = null!;

    public int MaxReceiveCount { get; init; } = 3;

    public int MaxHeldBodies { get; init; } = 20_000;

    public static async Task<QueueBed> OpenAsync(int maxReceiveCount = 3, int maxHeldBodies = 20_000, string? path = null)
    {
        var database = path is null ? Database.OpenInMemory() : Database.OpenFile(path);
        var bed = new QueueBed(database) { MaxReceiveCount = maxReceiveCount, MaxHeldBodies = maxHeldBodies };
        await bed.OpenQueuesAsync();
        return bed;
    }

    /// <summary>Opens the queues again, as after a restart of the process.</summary>
    public async Task RestartAsync(string? path = null)
    {
        await CloseQueuesAsync();
        if (path is not null)
        {
            await Database.DisposeAsync();
            Database = Database.OpenFile(path);
        }

        await OpenQueuesAsync();
    }

    public async Task<SendEntryResult> SendAsync(string group, string body, string? deduplicationId = null) =>
        (await Queue.SendBatchAsync([Entry(group, body, deduplicationId)]))[0];

    public async Task<IReadOnlyList<SendEntryResult>> SendAllAsync(params (string Group, string Body)[] messages) =>
        await Queue.SendBatchAsync([.. messages.Select(message => Entry(message.Group, message.Body))]);

    public async Task<string[]> ReceiveBodiesAsync(int max = 10) => [.. (await Queue.ReceiveAsync(max)).Select(Body)];

    public static SendEntry Entry(string group, string body, string? deduplicationId = null) =>
        new(group, deduplicationId ?? body, Encoding.UTF8.GetBytes(body));

    public static string Body(ReceivedMessage message) => Encoding.UTF8.GetString(message.Body.Span);

    public async ValueTask DisposeAsync()
    {
        await CloseQueuesAsync();
        await Database.DisposeAsync();
    }

    private async Task OpenQueuesAsync()
    {
        DeadLetters = await MessageQueue.OpenAsync(Database, new QueueOptions { Name = "dead.fifo", MaxHeldBodies = MaxHeldBodies }, Time, _random);
        var options = new QueueOptions
        {
            Name = "events.fifo",
            VisibilityTimeout = Visibility,
            Redrive = new RedrivePolicy(DeadLetters, MaxReceiveCount),
            MaxHeldBodies = MaxHeldBodies,
        };
        Queue = await MessageQueue.OpenAsync(Database, options, Time, _random);
    }

    private async Task CloseQueuesAsync()
    {
        await Queue.DisposeAsync();
        await DeadLetters.DisposeAsync();
    }
}

/// <summary>A database file that is deleted after the test.</summary>
internal sealed class TemporaryFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("datatoevents");

    public string Path => System.IO.Path.Combine(_folder.FullName, "test.db");

    public void Dispose() => _folder.Delete(recursive: true);
}
