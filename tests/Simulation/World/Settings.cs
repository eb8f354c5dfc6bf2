using DataToEvents.Emulator.Buses;
using DataToEvents.Emulator.DeliveryStreams;
using DataToEvents.Emulator.Lambda.Mappings;
using DataToEvents.Emulator.Queues;
using DataToEvents.Emulator.Tables;
using DataToEvents.Simulation.Faults;

namespace DataToEvents.Simulation.World;

/// <summary>How the services are set up in a run: within what Terraform and the laptop use, and somewhat beyond.</summary>
internal sealed class Settings(Random random, FaultMix mix)
{
    public const string StreamName = "data-events-stream";
    public const string QueueName = "data-events-queue.fifo";
    public const string DeadLettersName = "data-events-dlq.fifo";
    public const string TableName = "data-events";
    public const string BusName = "data-events-bus";
    public const string RuleDeadLettersName = "data-events-rule-dlq";

    /// <summary>Small, so that some payloads of a run are checked in.</summary>
    public const int InlineLimit = 1_500;

    public static readonly TimeSpan FunctionTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Between two tries of a function; a part of its time goes by in it.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    public bool Shuffles { get; } = random.Next(2) == 0;

    public bool KeepsHouse { get; } = random.Next(4) == 0;

    public bool KeepsArchive { get; } = random.Next(2) == 0;

    /// <summary>The consumer's <c>HANDLE_REPLAYS</c>: whether it takes what an archive replays.</summary>
    public bool HandlesReplays { get; } = random.Next(2) == 0;

    /// <summary>Terraform's default where outages are to be outlasted.</summary>
    public int MaxReceives { get; } = mix == FaultMix.OfKnownVictims ? 100 : random.Next(2, 6);

    /// <summary>SQS looks for groups among so many of the oldest messages.</summary>
    public int MaxLookAhead { get; } = mix == FaultMix.OneForEver ? QueueLimits.MaxLookAhead : One(random, 15, QueueLimits.MaxLookAhead);

    public TimeSpan Visibility { get; } = TimeSpan.FromSeconds(One(random, 30, 60, 180));

    public DeliveryStreamOptions DeliveryStream { get; } = new()
    {
        Name = StreamName,
        Transform = new BufferingHints(One(random, 2_000, 1_048_576), TimeSpan.FromMilliseconds(One(random, 100, 2_000))),
        MaxRecordsPerInvocation = One(random, 2, 10, 5_000),
        Lake = new BufferingHints(One(random, 2_000, 1_048_576), TimeSpan.FromSeconds(One(random, 1, 5))),
        RetryDelay = TimeSpan.FromMilliseconds(200),
        MaxBufferedRecords = One(random, 20, 100_000),
        ResidentBytes = One(random, 500, 1_048_576),
    };

    public QueueEventSourceOptions QueueSource { get; } = new()
    {
        FunctionTimeout = FunctionTimeout,
        BatchSize = One(random, 1, 3, 10),
        MaximumConcurrency = random.Next(1, 6),
        FailedVisibility = random.Next(2) == 0 ? null : TimeSpan.FromMilliseconds(500),
    };

    public StreamEventSourceOptions StreamSource { get; } = new()
    {
        Id = "IntegrationEventEmitter",
        BatchSize = One(random, 1, 5, 100),
        MaximumRetryAttempts = random.Next(0, 4),
        BisectBatchOnFunctionError = true,
        BisectsAtFirstRecord = random.Next(2) == 0,
        SmallestPiece = One(random, 1, 1, 2),
        Filter = static change => change.Kind == ChangeKind.Insert,
    };

    /// <summary>
    /// Who repeats: Lambda's own queue, which tries three times, after about one and two minutes more (AWS Lambda Developer Guide, "How Lambda handles errors and
    /// retries with asynchronous invocation"), or the bus.
    /// </summary>
    public RuleOptions Rule { get; } = mix == FaultMix.OfKnownVictims || random.Next(2) == 0
        ? DataInserted with { MaximumRetryAttempts = 2, FirstBackOff = TimeSpan.FromMinutes(1) }
        : DataInserted with { MaximumRetryAttempts = One(random, 0, 3, 10), FirstBackOff = TimeSpan.FromMilliseconds(100) };

    /// <summary>EventBridge takes 1 MB a call, or 256 KB; the smallest is for calls of several entries here that it refuses as a whole.</summary>
    public EventBusOptions Bus { get; } = new(BusName) { MaxRequestBytes = One(random, 6_000, 262_144, BusLimits.MaxRequestBytes) };

    public int MaxHeldChanges { get; } = One(random, 3, 4_000);

    public int MaxHeldBodies { get; } = One(random, 3, 20_000);

    /// <summary>Terraform's <c>bus.give_up_order</c>: several emitters read the table's stream side by side.</summary>
    public bool GivesUpOrderOnBus { get; } = random.Next(4) == 0;

    /// <summary>Firehose runs several transformations of one stream at once (Amazon Data Firehose Developer Guide, "Quota"): two batches may pass each other.</summary>
    public int TransformsAtOnce { get; } = random.Next(2) == 0 ? 1 : random.Next(2, 6);

    /// <summary>The local host's table begins with four, as an on-demand table of DynamoDB does.</summary>
    public int Partitions { get; } = One(random, 1, 4);

    public ItemTableOptions Table => new() { Name = TableName, MaxHeldChanges = MaxHeldChanges, Partitions = Partitions };

    private static RuleOptions DataInserted => new("data-inserted") { Pattern = """{"source":["datatoevents.insert"],"detail-type":["DataInserted"]}""" };

    /// <summary>How long a service is down. In a run of known victims the path outlasts it: the store by receives, all others within a function's time.</summary>
    public TimeSpan Outage(Hop hop, double draw)
    {
        var longest = mix != FaultMix.OfKnownVictims ? TimeSpan.FromMinutes(15)
            : hop == Hop.Store ? 0.8 * MaxReceives * (QueueSource.FailedVisibility is null ? Visibility : FunctionTimeout - LongestPause)
            : FunctionTimeout - (2 * LongestPause);
        // In a run of known victims more of them are long: only those are worth something that need nearly all of the path's patience.
        return TimeSpan.FromSeconds(Math.Pow(longest.TotalSeconds, mix == FaultMix.OfKnownVictims ? Math.Sqrt(draw) : draw));
    }

    private static int One(Random random, params ReadOnlySpan<int> choices) => choices[random.Next(choices.Length)];
}
