using DataToEvents.Deployed.Tests.Discovery;
using DataToEvents.Deployed.Tests.Permissions;
using DataToEvents.Emulator;
using DataToEvents.Emulator.Buses;
using DataToEvents.Emulator.DeliveryStreams;
using DataToEvents.Emulator.Objects;
using DataToEvents.Emulator.Queues;
using DataToEvents.Emulator.Storage;
using DataToEvents.Emulator.Tables;

namespace DataToEvents.Deployed.Tests.Engine;

/// <summary>The deployed queues, tables, buckets and bus in an account of the emulator, and by their ARNs.</summary>
internal sealed class Services : IAsyncDisposable
{
    private readonly Database _database;

    private Services(Database database, TimeProvider clock) => (_database, Account) = (database, new EmulatedAccount(database, clock, Random.Shared));

    public EmulatedAccount Account { get; }

    public Dictionary<string, MessageQueue> Queues { get; } = [];

    public Dictionary<string, ItemTable> Tables { get; } = [];

    public static async Task<Services> OpenAsync(Deployment deployment, string data, TimeProvider clock)
    {
        var services = new Services(Database.OpenFile(Path.Combine(data, "engine.db")), clock);
        await services.Account.AddBusAsync(new EventBusOptions(deployment.Bus.Name) { Region = deployment.Region, AccountId = deployment.Account });
        foreach (var bucket in deployment.Buckets)
        {
            services.Account.AddBucket(bucket.Name, new DiskBucket(Path.Combine(data, "buckets", bucket.Name)));
        }

        // A queue names its dead-letter queue, which has none itself.
        foreach (var queue in deployment.Queues.OrderBy(queue => queue.Redrive is not null))
        {
            services.Queues.Add(queue.Arn, await services.AddAsync(deployment, queue));
        }

        foreach (var table in deployment.Tables)
        {
            services.Tables.Add(table.Arn, await services.Account.AddTableAsync(Options(deployment, table)));
        }

        return services;
    }

    public Task<DeliveryStream> AddStreamAsync(Deployment deployment, Access access, DeployedFunctions functions)
    {
        var delivery = deployment.Delivery;
        var bucket = deployment.Bucket(delivery.BucketArn);
        access.Demand(delivery.RoleArn, "firehose.amazonaws.com", delivery.Transform.FunctionArn, "lambda:InvokeFunction");
        IngestRoute.Check(deployment, access);
        return Account.AddDeliveryStreamAsync(
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
            new GuardedBucket(Account.Buckets[bucket.Name], bucket.Arn, delivery.RoleArn, access),
            functions[delivery.Transform.FunctionArn]);
    }

    public async ValueTask DisposeAsync()
    {
        await Account.DisposeAsync();
        await _database.DisposeAsync();
    }

    private Task<MessageQueue> AddAsync(Deployment deployment, DeployedQueue queue)
    {
        var redrive = queue.Redrive is { } policy ? new RedrivePolicy(Queues[deployment.Queue(policy.DeadLetterArn).Arn], policy.MaxReceives) : null;
        return Account.AddQueueAsync(new QueueOptions
        {
            Name = queue.Name,
            Fifo = queue.Fifo,
            Region = deployment.Region,
            AccountId = deployment.Account,
            VisibilityTimeout = queue.VisibilityTimeout,
            Retention = queue.Retention,
            MaxMessageBytes = queue.MaxMessageBytes,
            Redrive = redrive,
        });
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
        StreamLabel = table.StreamArn?.Split("/stream/")[1] ?? "",
    };
}
