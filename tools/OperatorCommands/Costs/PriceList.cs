namespace DataToEvents.Operator.Costs;

/// <summary>The price of a unit.</summary>
internal sealed record Price(double Usd, string Unit, string Source, bool SecondHand = false);

/// <summary>The measured work of a function.</summary>
/// <param name="CpuMs">Milliseconds of a full core for 1,000 records.</param>
/// <param name="WaitMs">Milliseconds in which an invocation waits and uses no CPU.</param>
/// <param name="MemoryGb">The function's memory setting.</param>
/// <param name="RecordsPerInvocation">The records of an invocation, at most.</param>
internal sealed record FunctionWork(double CpuMs, double WaitMs, double MemoryGb, int RecordsPerInvocation);

/// <summary>Prices, quotas and measured work, each with its date and source, from <c>prices.json</c>.</summary>
internal sealed class PriceList
{
    private const string OtherRegions = "other";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip };

    private readonly JsonElement _root;

    private PriceList(JsonElement root) => _root = root;

    public string Date => _root.GetProperty("date").GetString()!;

    /// <summary>The region whose prices these are.</summary>
    public string PricesOf => _root.GetProperty("pricesOf").GetString()!;

    public static PriceList Shipped()
    {
        using var resource = typeof(PriceList).Assembly.GetManifestResourceStream("prices.json")!;
        return new PriceList(JsonDocument.Parse(resource).RootElement.Clone());
    }

    public Price Price(string name) => _root.GetProperty("prices").GetProperty(name).Deserialize<Price>(Options)!;

    public IEnumerable<(string Name, Price Price)> Prices => _root.GetProperty("prices").EnumerateObject().Select(member => (member.Name, Price(member.Name)));

    /// <param name="name">The quota's.</param>
    /// <param name="region">A region without a value of its own has that of all others.</param>
    public (double Value, string Unit, string Source, bool SecondHand) Quota(string name, string region)
    {
        var quota = _root.GetProperty("quotas").GetProperty(name);
        var value = quota.TryGetProperty(region, out var own) ? own : quota.GetProperty(OtherRegions);
        return (value.GetDouble(), quota.GetProperty("unit").GetString()!, quota.GetProperty("source").GetString()!, quota.TryGetProperty("secondHand", out var second) && second.GetBoolean());
    }

    /// <summary>The functions of the path, without the consumer's.</summary>
    public static IReadOnlyList<string> Functions { get; } = ["transformer", "eventStorer", "emitter"];

    public FunctionWork Work(string way, string function) => _root.GetProperty("work").GetProperty(way).GetProperty(function).Deserialize<FunctionWork>(Options)!;
}
