namespace DataToEvents.Recovery.Checkup;

/// <summary>The bucket, and whether records or changes were set aside in it.</summary>
internal sealed class LakeCheck(PathServices services) : ICheck
{
    private static readonly (string Place, string[] Prefixes, string Cure)[] Places =
    [
        ("records that were not transformed", [Prefixes.Failed], "operator failed list"),
        ("changes that were not published", [Prefixes.OnFailure, Prefixes.OnFailureByLambda], "operator on-failure list"),
        ("conflicts", [Adapters.Formats.QuarantineObject.Prefix], "operator quarantine list"),
    ];

    public string Name => "bucket";

    public async Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        var findings = new List<CheckResult>();
        foreach (var (place, prefixes, cure) in Places)
        {
            if (await OldestAsync(prefixes, cancellationToken) is { } oldest)
            {
                findings.Add(new CheckResult(CheckLevel.Warn, Name, $"{place} lie in {services.Names.Bucket}, the first since {Cells.Text(oldest)}", cure));
            }
        }

        return findings.Count > 0 ? findings : [CheckResult.Ok(Name, $"nothing is set aside in {services.Names.Bucket}")];
    }

    private async Task<DateTimeOffset?> OldestAsync(string[] prefixes, CancellationToken cancellationToken)
    {
        foreach (var prefix in prefixes)
        {
            await foreach (var item in services.Bucket.ListAsync(prefix).WithCancellation(cancellationToken))
            {
                return item.LastModified;
            }
        }

        return null;
    }
}
