namespace DataToEvents.Local.Hosting;

/// <summary>One hop of the path, as it stands now.</summary>
/// <param name="Id">Short name.</param>
/// <param name="Kind">function or service.</param>
/// <param name="Name">As the diagram calls it.</param>
/// <param name="What">What <paramref name="Total"/> counts.</param>
/// <param name="Total">Since the host started.</param>
/// <param name="Depth">What waits there.</param>
/// <param name="Age">Of the oldest that waits.</param>
/// <param name="Errors">Failures since the host started.</param>
internal sealed record HopState(string Id, string Kind, string Name, string What, long Total, long Depth = 0, TimeSpan Age = default, long Errors = 0);
