using Amazon.SQS.Model;
using DataToEvents.Recovery.DeadLetters;

namespace DataToEvents.Recovery.Checkup;

/// <summary>A dead-letter queue: whether something lies in it, how long already, and how long it stays.</summary>
/// <param name="services">The services.</param>
/// <param name="of">Which one.</param>
internal sealed class DeadLetterCheck(PathServices services, DeadLettersOf of) : ICheck
{
    /// <summary>SQS keeps messages for 14 days at most (Amazon SQS API Reference, "SetQueueAttributes").</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(14);

    private static readonly TimeSpan Late = TimeSpan.FromDays(10);

    public string Name => $"dead letters of the {of.ToString().ToLowerInvariant()}";

    public async Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var url = (await services.Sqs.GetQueueUrlAsync(services.Names.Of(of), cancellationToken)).QueueUrl;
            return Judge(Name, of, (await services.Sqs.GetQueueAttributesAsync(url, ["All"], cancellationToken)).Attributes);
        }
        catch (QueueDoesNotExistException) when (of == DeadLettersOf.Bus)
        {
            return [CheckResult.Ok(Name, "the bus has none, as without a customer's key")];
        }
    }

    public static IReadOnlyList<CheckResult> Judge(string name, DeadLettersOf of, IReadOnlyDictionary<string, string> attributes)
    {
        var depth = QueueDepth.Of(attributes);
        var keeps = TimeSpan.FromSeconds(long.Parse(attributes["MessageRetentionPeriod"], CultureInfo.InvariantCulture));
        var cure = $"operator dead-letters list {of.ToString().ToLowerInvariant()}";
        var age = depth.OldestAge is { } oldest ? $", the oldest for {Cells.Text(oldest)}" : "";
        var findings = new List<CheckResult>
        {
            depth.Total == 0 ? CheckResult.Ok(name, "empty")
            : depth.OldestAge > Late ? new CheckResult(CheckLevel.Fail, name, $"{Units.Count(depth.Total, "message")}{age}: they are deleted after {Cells.Text(keeps)}", cure)
            : new CheckResult(CheckLevel.Warn, name, $"{Units.Count(depth.Total, "message")}{age}", cure),
        };
        if (keeps < Longest)
        {
            findings.Add(new CheckResult(CheckLevel.Warn, name, $"messages are kept for {Cells.Text(keeps)} only", "set MessageRetentionPeriod to 14 days"));
        }

        return findings;
    }
}
