namespace DataToEvents.Adapters.Formats;

/// <summary>A part of one of the view's lists, by sort key.</summary>
/// <param name="After">Only sort keys over this one; null: from the beginning.</param>
/// <param name="Before">Only sort keys under this one; null: to the end.</param>
/// <param name="IsBackwards">Whether the list is read from its end.</param>
public readonly record struct ListRange(string? After, string? Before, bool IsBackwards)
{
    public static ListRange FromTheEnd { get; } = new(null, null, IsBackwards: true);

    /// <summary>Whether the range holds no sort key. DynamoDB refuses such a range.</summary>
    public bool IsEmpty => After is not null && Before is not null && string.CompareOrdinal(After, Before) >= 0;

    public bool Contains(string sortKey) =>
        (After is null || string.CompareOrdinal(sortKey, After) > 0) && (Before is null || string.CompareOrdinal(sortKey, Before) < 0);
}
