namespace DataToEvents.Local.Hosting;

/// <summary>One hop of the path, as it stands now.</summary>
/// <param name="Id">Short name.</param>
/// <param name="Kind">function or service.</param>
/// <param name="Name">The name in the diagram.</param>
/// <param name="What">Names the things that <paramref name="Total"/> counts.</param>
/// <param name="Total">The count since the host started.</param>
/// <param name="Depth">The number of items that wait there.</param>
/// <param name="Age">The age of the oldest item that waits.</param>
/// <param name="Errors">Failures since the host started.</param>
internal sealed record HopState(string Id, string Kind, string Name, string What, long Total, long Depth = 0, TimeSpan Age = default, long Errors = 0)
{
    /// <summary>Failures of the last minute.</summary>
    public long ErrorsLastMinute { get; init; }
}
