namespace DataToEvents.Recovery.Targets;

/// <summary>The place of the services: an address, a region, or a data directory.</summary>
/// <param name="Data">The data directory of an embedded run, or null.</param>
/// <param name="Endpoint">Null: AWS's own, or whatever serves <paramref name="Data"/>.</param>
/// <param name="Region">Null: by the SDK's usual chain.</param>
internal sealed record PathTarget(DirectoryInfo? Data, Uri? Endpoint, string? Region, ResourceNames Names);
