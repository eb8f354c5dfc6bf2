namespace DataToEvents.Operator.Costs;

/// <param name="Service">The service.</param>
/// <param name="Requests">Million requests, units or events a month.</param>
/// <param name="Gb">A month; 0 where nothing is billed by size.</param>
/// <param name="Price">The price as text.</param>
/// <param name="Usd">A month.</param>
internal sealed record BillLine(string Service, double Requests, double Gb, string Price, double Usd);

/// <summary>The cost of a workload in a month.</summary>
internal sealed class Bill(Workload load, PriceList prices)
{
    private const double Million = 1e6;
    private const double Gb = 1_000_000_000;
    private const int CallEntries = 10;
    private const double ChunkBytes = 65_536;

    // Lambda: 1 vCPU = 1,769 MB (facts.md, section 5). Work bound by CPU costs the same GB-seconds at any memory.
    private const double GbPerCore = 1_769 / 1_024.0;

    // Firehose's largest buffer for S3, and its default interval (facts.md, section 1).
    private const double LakeObjectBytes = 128 * 1024 * 1024;
    private const double LakeObjectSeconds = 300;

    /// <summary>Events of the families as gzip makes them; 350-400 of 1,024 bytes (measured).</summary>
    private const double GzipShare = 0.4;

    public IReadOnlyList<BillLine> Lines => [Firehose(), Lake(), Queue(), Store(), Bus(), Functions()];

    public double Total => Lines.Sum(line => line.Usd);

    private BillLine Firehose()
    {
        var gb = load.EventsPerMonth * load.BilledFirehoseBytesPerEvent / Gb;
        return Line("Firehose", load.EventsPerMonth / load.Pack / Million, gb, "firehoseGb", gb);
    }

    /// <summary>Objects of one month, and keeping that month's data for a month.</summary>
    private BillLine Lake()
    {
        var bytesPerSecond = load.Rate * load.EnvelopeSize;
        var objects = Workload.SecondsPerMonth * Math.Max(1 / LakeObjectSeconds, bytesPerSecond / LakeObjectBytes);
        var gb = load.EventsPerMonth * load.EnvelopeSize * GzipShare / Gb;
        var (put, keep) = (prices.Price("s3PutThousand"), prices.Price("s3GbMonth"));
        return new BillLine("S3 lake", objects / Million, gb, $"${put.Usd}/1,000 PUT, ${keep.Usd}/GB", (objects / 1_000 * put.Usd) + (gb * keep.Usd));
    }

    /// <summary>Messages are sent, received and deleted. The mapping receives and deletes ten at once in either case.</summary>
    private BillLine Queue()
    {
        var sendEntries = load.Batched ? CallEntries : 1;
        var sends = Chunks(sendEntries) / sendEntries;
        var receives = Chunks(CallEntries) / CallEntries;
        var requests = load.EventsPerMonth * (sends + receives + (1.0 / CallEntries)) / Million;
        return Line("SQS FIFO", requests, 0, "sqsFifoMillion", requests);
    }

    private BillLine Store()
    {
        var units = load.EventsPerMonth * load.WriteUnits / Million;
        var gb = load.EventsPerMonth * load.ItemSize / Gb;
        var (write, keep) = (prices.Price("dynamoDbWriteMillion"), prices.Price("dynamoDbGbMonth"));
        return new BillLine("DynamoDB store", units, gb, $"${write.Usd}/M units, ${keep.Usd}/GB", (units * write.Usd) + (gb * keep.Usd));
    }

    private BillLine Bus()
    {
        var events = load.EventsPerMonth * Math.Ceiling(load.EnvelopeSize / ChunkBytes) / Million;
        return Line("EventBridge", events, 0, "eventBridgeMillion", events);
    }

    /// <summary>The three functions of the path. The consumer's function is not part of the path's cost.</summary>
    private BillLine Functions()
    {
        var way = load.Aot ? "aot" : "original";
        var (invocations, gbSeconds) = (0.0, 0.0);
        foreach (var name in PriceList.Functions)
        {
            var work = prices.Work(way, name);
            var calls = load.EventsPerMonth / work.RecordsPerInvocation;
            invocations += calls;
            gbSeconds += (load.EventsPerMonth / 1_000 * work.CpuMs / 1_000 * GbPerCore) + (calls * work.WaitMs / 1_000 * work.MemoryGb);
        }

        var (request, second) = (prices.Price("lambdaMillion"), prices.Price("lambdaGbSecond"));
        return new BillLine(
            "Lambda", invocations / Million, 0, FormattableString.Invariant($"${request.Usd}/M + ${second.Usd:0.##########}/GB-s"),
            (invocations / Million * request.Usd) + (gbSeconds * second.Usd));
    }

    private double Chunks(int entries) => Math.Ceiling(entries * load.EnvelopeSize / ChunkBytes);

    private BillLine Line(string service, double requests, double gb, string price, double units) =>
        new(service, requests, gb, FormattableString.Invariant($"${prices.Price(price).Usd}/{prices.Price(price).Unit}"), units * prices.Price(price).Usd);
}
