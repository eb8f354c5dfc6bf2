namespace DataToEvents.Deployed.Tests.Discovery;

/// <summary>The whole deployment, as <c>driver/discover.py</c> reads it back from AWS's APIs.</summary>
internal sealed record Deployment
{
    public required string Region { get; init; }

    public required string Account { get; init; }

    public required IReadOnlyList<DeployedFunction> Functions { get; init; }

    public required IReadOnlyList<DeployedMapping> Mappings { get; init; }

    public required DeployedDelivery Delivery { get; init; }

    public required IReadOnlyList<DeployedQueue> Queues { get; init; }

    public required IReadOnlyList<DeployedTable> Tables { get; init; }

    public required DeployedBus Bus { get; init; }

    public required DeployedApi Api { get; init; }

    /// <summary>The API that takes records; null: there is none.</summary>
    public required DeployedIngest? Ingest { get; init; }

    public required IReadOnlyList<DeployedKey> Keys { get; init; }

    public required IReadOnlyList<DeployedRole> Roles { get; init; }

    public required IReadOnlyList<DeployedBucket> Buckets { get; init; }

    /// <exception cref="DeploymentException">Something is missing, or is not understood here.</exception>
    public static Deployment Parse(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return Answer.Read(document.RootElement, "The deployment", Read);
    }

    /// <exception cref="DeploymentException">There is no such function, or the ARN is not that of its alias.</exception>
    public DeployedFunction Function(string arn) => Functions.FirstOrDefault(function => function.Arn == arn)
        ?? throw new DeploymentException(Functions.Any(function => function.Arn.StartsWith($"{arn}:", StringComparison.Ordinal))
            ? $"{arn} is called without its alias: a release would change nothing there, and a way back neither."
            : $"{arn} is named, and is not there.");

    public DeployedQueue Queue(string arn) => Find(Queues, queue => queue.Arn == arn, arn);

    public DeployedKey Key(string arn) => Find(Keys, key => key.Arn == arn, arn);

    public DeployedRole Role(string arn) => Find(Roles, role => role.Arn == arn, arn);

    public DeployedBucket Bucket(string arn) => Find(Buckets, bucket => bucket.Arn == arn, arn);

    public DeployedTable TableOfStream(string arn) => Find(Tables, table => table.StreamArn == arn, arn);

    private static Deployment Read(Answer answer) => new()
    {
        Region = answer.Text("region"),
        Account = answer.Text("account"),
        Functions = answer.Objects("functions", DeployedFunction.Read),
        Mappings = answer.Objects("eventSourceMappings", DeployedMapping.Read),
        Delivery = Only(answer.Objects("deliveryStreams", DeployedDelivery.Read), "delivery stream"),
        Queues = answer.Objects("queues", DeployedQueue.Read),
        Tables = answer.Objects("tables", DeployedTable.Read),
        Bus = Only(answer.Objects("buses", DeployedBus.Read), "bus of its own"),
        Api = Only(answer.Objects("apis", DeployedApi.Read), "HTTP API"),
        Ingest = answer.Objects("ingestApis", DeployedIngest.Read).SingleOrDefault(),
        Keys = answer.Objects("keys", DeployedKey.Read),
        Roles = answer.Objects("roles", DeployedRole.Read),
        Buckets = answer.Objects("buckets", DeployedBucket.Read),
    };

    private static T Only<T>(List<T> all, string kind) => all is [var only] ? only : throw new DeploymentException($"There should be one {kind}, and there are {all.Count}.");

    private static T Find<T>(IReadOnlyList<T> all, Func<T, bool> wanted, string arn) =>
        all.FirstOrDefault(wanted) ?? throw new DeploymentException($"{arn} is named, and is not there.");
}
