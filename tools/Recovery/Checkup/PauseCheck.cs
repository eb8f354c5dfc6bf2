using DataToEvents.Recovery.Status;

namespace DataToEvents.Recovery.Checkup;

/// <summary>Whether somebody paused a hop.</summary>
internal sealed class PauseCheck(PathServices services) : ICheck
{
    public string Name => "hops";

    public async Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        var paused = await new PausedHops(services).FindAsync(cancellationToken);
        return paused.Rows.Count == 0
            ? [CheckResult.Ok(Name, "none is paused")]
            : [.. paused.Rows.Select(row => new CheckResult(CheckLevel.Warn, Name, $"{row[0]}: {row[1]}", (string?)row[2] ?? "grant the output operator_actions of Terraform"))];
    }
}
