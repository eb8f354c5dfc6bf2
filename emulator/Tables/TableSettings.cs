namespace DataToEvents.Emulator.Tables;

/// <summary>Settings of a client's table that change no item. DescribeTable returns them.</summary>
/// <param name="Id">The table's id.</param>
internal sealed record TableSettings(string Id)
{
    public CapacityUnits Capacity { get; init; }

    /// <summary>Whether requests are paid, and not capacity.</summary>
    public bool IsPaidByRequest { get; init; }

    /// <summary>The throughput that the table is prepared for; null: DynamoDB's choice.</summary>
    public CapacityUnits? Warm { get; init; }

    /// <summary>Whether the table refuses to be deleted.</summary>
    public bool IsProtected { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The number that the next index gets.</summary>
    public int NextIndex { get; init; } = 1;
}
