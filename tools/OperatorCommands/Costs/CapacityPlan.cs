using DataToEvents.Recovery.Checkup;

namespace DataToEvents.Operator.Costs;

/// <summary>Which quotas have to be raised, and what has to be sharded or changed, for a rate.</summary>
internal sealed class CapacityPlan(Workload load, PriceList prices, string region)
{
    /// <summary>Peaks, retries and redrives need room.</summary>
    public const double Headroom = QuotaCheck.Headroom;

    public IReadOnlyList<QuotaBound> Bounds { get; } = Quotas.Bounds(load, prices, region);

    /// <summary>How many times its default a quota has to be, or how many resources of the kind are needed.</summary>
    public double Copies(QuotaBound bound) => Math.Max(1, Math.Ceiling(load.Rate * Headroom / bound.EventsPerSecond));

    /// <summary>A Markdown table with one row a quota.</summary>
    public string Table()
    {
        var table = new StringBuilder("| what | default lets through, events/s | needed | how |\n|---|---:|---:|---|\n");
        foreach (var bound in Bounds)
        {
            var copies = Copies(bound);
            var needed = copies == 1 ? "as it is" : string.Create(CultureInfo.InvariantCulture, $"{copies:N0} x");
            table.Append(CultureInfo.InvariantCulture, $"| {bound.Stage} ({bound.Limit}) | {bound.EventsPerSecond:N0} | {needed} | {(copies == 1 ? "" : bound.Remedy)} |\n");
        }

        return table.ToString();
    }
}
