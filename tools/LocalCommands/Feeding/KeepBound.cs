namespace DataToEvents.Local.Feeding;

/// <summary>Where demo traffic ends: at a size of the data directory, or after a time.</summary>
/// <param name="Bytes">The size; null when the time decides.</param>
/// <param name="Time">The time; null when the size decides.</param>
internal sealed record KeepBound(long? Bytes, TimeSpan? Time)
{
    public static KeepBound Default { get; } = new(1_000_000_000, null);

    /// <param name="text">A number and a unit: <c>1GB</c>, <c>500MB</c>, <c>90m</c>, <c>1d</c>.</param>
    /// <param name="bound">The bound, when the text is one.</param>
    public static bool TryParse(string text, out KeepBound bound)
    {
        bound = Units.TrySize(text, out var bytes) ? new KeepBound(bytes, null) : Units.TryTime(text, out var time) ? new KeepBound(null, time) : Default;
        return bytes > 0 || bound.Time > TimeSpan.Zero;
    }

    public override string ToString() => Bytes is { } bytes ? Units.Text(bytes).Replace(" ", "", StringComparison.Ordinal) : Units.Text(Time!.Value);
}
