using DataToEvents.Deployed.Tests.Discovery;
using DataToEvents.Deployed.Tests.Permissions;
using DataToEvents.Emulator.Buses;
using DataToEvents.Emulator.DeliveryStreams;
using DataToEvents.Emulator.Objects;
using DataToEvents.Emulator.Queues;
using DataToEvents.Emulator.Storage;
using DataToEvents.Emulator.Tables;

namespace DataToEvents.Deployed.Tests.Engine;

/// <summary>The deployed queues, tables, buckets and bus, by their ARNs (buckets by name).</summary>
internal sealed class Services : IAsyncDisposable
{
    private readonly HashSet<string> _sources;

    private Services(Database database, Deployment deployment)
    {
        Database = database;
        _sources = [.. deployment.Mappings.Select(mapping => mapping.SourceArn)];
    }

    public Database Database { get; }

    public Dictionary<string, MessageQueue> Queues { get; } = [];

    public Dictionary<string, ItemTable> Tables { get; } = [];

    public Dictionary<string, ObjectBucket> Buckets { get; } = [];

    public required EventBus Bus { get; init; }

    public required TimeProvider Clock { get; init; }

    /// <summary>Queues that functions read from.</summary>
    public IEnumerable<MessageQueue> Sources => Queues.Where(queue => _sources.Contains(queue.Key)).Select(queue => queue.Value);

    public IEnumerable<Func<CancellationToken, Task>> Pumps =>
        [Bus.RunAsync, .. Queues.Values.Select(queue => (Func<CancellationToken, Task>)queue.RunAsync), .. Tables.Values.Select(table => (Func<CancellationToken, Task>)table.RunAsync)];

    public static async Task<Services> OpenAsync(Deployment deployment, string data, TimeProvider clock)
    {
        var database = Database.OpenFile(Path.Combine(data, "engine.db"));
        var services = new Services(database, deployment)
        {
            Clock = clock,
            Bus = await EventBus.OpenAsync(
                database, new EventBusOptions(deployment.Bus.Name) { Region = deployment.Region, AccountId = deployment.Account }, clock, Random.Shared),
        };
        foreach (var bucket in deployment.Buckets)
        {
            services.Buckets.Add(bucket.Name, new DiskBucket(Path.Combine(data, "buckets", bucket.Name)));
        }

        // A queue names its dead-letter queue, which has none itself.
        foreach (var queue in deployment.Queues.OrderBy(queue => queue.Redrive is not null))
        {
            services.Queues.Add(queue.Arn, await services.OpenAsync(deployment, queue));
        }

        foreach (var table in deployment.Tables)
        {
            services.Tables.Add(table.Arn, await ItemTable.OpenAsync(database, Options(deployment, table), clock));
        }

        return services;
    }

    public Task<Firehose> OpenStreamAsync(Deployment deployment, Access access, DeployedFunctions functions)
    {
        var delivery = deployment.Delivery;
        var bucket = deployment.Bucket(delivery.BucketArn);
        access.Demand(delivery.RoleArn, "firehose.amazonaws.com", delivery.Transform.FunctionArn, "lambda:InvokeFunction");
        return Firehose.OpenAsync(
            Database,
            new GuardedBucket(Buckets[bucket.Name], bucket.Arn, delivery.RoleArn, access),
            functions[delivery.Transform.FunctionArn],
            new DeliveryStreamOptions
            {
                Name = delivery.Name,
                Region = deployment.Region,
                AccountId = deployment.Account,
                Transform = new BufferingHints(delivery.Transform.BufferBytes, delivery.Transform.BufferInterval),
                Retries = delivery.Transform.Retries,
                Lake = new BufferingHints(delivery.LakeBuffer.Bytes, delivery.LakeBuffer.Interval),
                Prefix = delivery.Prefix,
                ErrorOutputPrefix = delivery.ErrorOutputPrefix,
                FileExtension = delivery.FileExtension,
                AppendDelimiter = delivery.AppendDelimiter,
            },
            Clock);
    }

    public async ValueTask DisposeAsync()
    {
        Bus.Dispose();
        foreach (var queue in Queues.Values)
        {
            await queue.DisposeAsync();
        }

        await Database.DisposeAsync();
    }

    private Task<MessageQueue> OpenAsync(Deployment deployment, DeployedQueue queue)
    {
        var redrive = queue.Redrive is { } policy ? new RedrivePolicy(Queues[deployment.Queue(policy.DeadLetterArn).Arn], policy.MaxReceives) : null;
        return MessageQueue.OpenAsync(
            Database,
            new QueueOptions
            {
                Name = queue.Name,
                Fifo = queue.Fifo,
                Region = deployment.Region,
                AccountId = deployment.Account,
                VisibilityTimeout = queue.VisibilityTimeout,
                Retention = queue.Retention,
                MaxMessageBytes = queue.MaxMessageBytes,
                Redrive = redrive,
            },
            Clock,
            Random.Shared);
    }

    private static ItemTableOptions Options(Deployment deployment, DeployedTable table) => new()
    {
        Name = table.Name,
        Region = deployment.Region,
        AccountId = deployment.Account,
        PartitionKey = table.PartitionKey,
        SortKey = table.SortKey,
        TimeToLiveAttribute = table.TimeToLiveAttribute,
        HasStream = table.StreamArn is not null,
        StreamLabel = table.StreamArn?.Split("/stream/")[1] ?? "none",
    };
}
