namespace DataToEvents.Recovery.Targets;

/// <summary>Where the services are.</summary>
/// <param name="Data">The data directory of an embedded run, or null.</param>
/// <param name="Endpoint">Null: AWS's own, or whatever serves <paramref name="Data"/>.</param>
/// <param name="Region">Null: by the SDK's usual chain.</param>
internal sealed record PathTarget(DirectoryInfo? Data, Uri? Endpoint, string? Region, ResourceNames Names);
