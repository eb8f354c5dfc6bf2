using DataToEvents.Domain.Catalog;
using DataToEvents.Load.Records;

namespace DataToEvents.Generator.Commands;

/// <summary>The options of <c>send</c>.</summary>
internal sealed record SendOptions(SendTarget Target, SendPlan Plan, RecordOptions Records, LoadFaults Faults)
{
    /// <summary>A file of own records; null: generated ones.</summary>
    public string? Input { get; init; }

    public string? Ledger { get; init; }

    public bool Json { get; init; }

    public required EventCatalog Catalog { get; init; }
}
