using Amazon.EventBridge.Model;

namespace DataToEvents.Recovery.Checkup;

/// <summary>The bus and its archive.</summary>
internal sealed class BusCheck(PathServices services) : ICheck
{
    public string Name => "bus";

    public async Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        var names = services.Names;
        try
        {
            await services.Bridge.DescribeEventBusAsync(new DescribeEventBusRequest { Name = names.Bus }, cancellationToken);
        }
        catch (ResourceNotFoundException)
        {
            return [new CheckResult(CheckLevel.Fail, Name, $"{names.Bus} does not exist: what is published is lost without an error", "terraform apply, then operator replay --source store for the time without")];
        }

        try
        {
            await services.Bridge.DescribeArchiveAsync(new DescribeArchiveRequest { ArchiveName = names.Archive }, cancellationToken);
            return [CheckResult.Ok(Name, $"{names.Bus} and {names.Archive} are there")];
        }
        catch (ResourceNotFoundException)
        {
            return [new CheckResult(CheckLevel.Warn, Name, $"{names.Bus} has no archive {names.Archive}", "replay works from store and lake only; bus.archive_days makes one")];
        }
    }
}
