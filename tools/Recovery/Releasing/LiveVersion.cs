namespace DataToEvents.Recovery.Releasing;

/// <summary>Which version of a function is live, and which others there are.</summary>
/// <param name="Function">The function's name.</param>
/// <param name="Version">The version that its alias live invokes.</param>
/// <param name="Newest">The newest version that is published.</param>
/// <param name="RevisionId">The alias's revision, which changes with it.</param>
internal sealed record LiveVersion(string Function, string Version, string Newest, string? RevisionId)
{
    /// <summary>The version that gets a part of the invocations, and which part; null: none does.</summary>
    public (string Version, double Share)? Canary { get; init; }

    /// <summary>When the live version was published; null where the service does not say it.</summary>
    public DateTimeOffset? Published { get; init; }

    /// <summary>The description of the live version: its release, if Terraform knows it; else empty.</summary>
    public string Description { get; init; } = "";

    /// <summary>The live version's code.</summary>
    public string? CodeHash { get; init; }

    /// <summary>The ARN of the live version; null where the service does not say it.</summary>
    public string? Arn { get; init; }

    /// <summary>The ARN of the role by which the live version works.</summary>
    public string? Role { get; init; }

    /// <summary>How long an invocation of the live version may take.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The version that was live before, as a release wrote it down; without that the one that was published before. Null: there is none.</summary>
    public string? Before { get; init; }

    public bool IsNewest => Version == Newest;
}
