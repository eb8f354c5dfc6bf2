namespace DataToEvents.Recovery.Checkup;

/// <summary>Looks at one part of the path, by calls that change nothing.</summary>
internal interface ICheck
{
    /// <summary>What it looks at.</summary>
    string Name { get; }

    /// <returns>At least one finding.</returns>
    Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken);
}
