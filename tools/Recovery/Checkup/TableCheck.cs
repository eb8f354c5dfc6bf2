namespace DataToEvents.Recovery.Checkup;

/// <summary>The store, and the stream by which its changes are published.</summary>
internal sealed class TableCheck(PathServices services) : ICheck
{
    public string Name => "store";

    public async Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        var table = await services.Table.DescribeAsync(cancellationToken);
        return [string.IsNullOrEmpty(table.LatestStreamArn)
            ? new CheckResult(CheckLevel.Fail, Name, $"{services.Names.Table} has no change stream: nothing is published", "terraform apply, then operator replay --source store for the time without")
            : CheckResult.Ok(Name, $"{services.Names.Table} and its change stream are there")];
    }
}
