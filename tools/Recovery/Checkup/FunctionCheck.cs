using Amazon.SQS.Model;
using DataToEvents.Recovery.Releasing;

namespace DataToEvents.Recovery.Checkup;

/// <summary>The functions: which versions are live, whether they belong together, and whether the queues hide a message for as long as they may take.</summary>
internal sealed class FunctionCheck(PathServices services) : ICheck
{
    private const string Check = "functions";

    /// <summary>"at least six times the timeout" (AWS Lambda Developer Guide, "Using Lambda with Amazon SQS").</summary>
    private const int Times = 6;

    public string Name => Check;

    public async Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        var (aliases, functions) = (new Aliases(services.Lambda), new List<LiveVersion>());
        foreach (var function in services.Names.Functions)
        {
            try
            {
                functions.Add(await aliases.ReadAsync(function, cancellationToken));
            }
            catch (UserErrorException missing)
            {
                return [new CheckResult(CheckLevel.Fail, Name, missing.Message, "see whether --table names the deployment; terraform apply")];
            }
        }

        var findings = new List<CheckResult>(Judge(functions));
        foreach (var (queue, consumer) in new[] { (services.Names.Queue, "event-storer"), (services.Names.ConsumerQueue, "event-responder") })
        {
            if (await VisibilityAsync(queue, cancellationToken) is { } visibility && functions.Find(function => function.Function.EndsWith(consumer, StringComparison.Ordinal)) is { Timeout: { } timeout } function)
            {
                findings.AddRange(JudgeVisibility(queue, visibility, function.Function, timeout));
            }
        }

        return findings;
    }

    public static IReadOnlyList<CheckResult> Judge(IReadOnlyList<LiveVersion> functions)
    {
        var findings = new List<CheckResult>();
        foreach (var function in functions)
        {
            if (function.Canary is { } canary)
            {
                findings.Add(new CheckResult(CheckLevel.Warn, Check, $"version {canary.Version} of {function.Function} gets {canary.Share.ToString("P0", CultureInfo.InvariantCulture)} of the invocations", "wait for the `operator release start` that runs; if none does: operator release back"));
            }
            else if (!function.IsNewest)
            {
                findings.Add(new CheckResult(CheckLevel.Warn, Check, $"version {function.Newest} of {function.Function} is published, and {function.Version} is live", "operator release start; or, if somebody went back, mend it first"));
            }
        }

        var releases = functions.Where(static function => function.Description.Length > 0).Select(static function => function.Description).Distinct().ToList();
        if (releases.Count > 1)
        {
            findings.Add(new CheckResult(CheckLevel.Warn, Check, $"several releases are live: {string.Join(", ", functions.Select(static function => $"{function.Function} {function.Description}"))}", "operator release start, or back, for all of them"));
        }

        // One package is two functions.
        var consumers = functions.Where(static function => function.Function.Contains("-event-responder", StringComparison.Ordinal)).ToList();
        if (consumers.Select(static function => function.CodeHash).Distinct().Count() > 1)
        {
            findings.Add(new CheckResult(CheckLevel.Warn, Check, $"{string.Join(" and ", consumers.Select(static function => function.Function))} are of one package, and run different code", "operator release start, or back, for both"));
        }

        return findings.Count > 0 ? findings : [CheckResult.Ok(Check, $"the newest versions are live: {string.Join(", ", functions.Select(static function => $"{function.Function} {function.Version}"))}{(releases is [var only] ? $"; {only}" : "")}")];
    }

    /// <summary>A message that becomes visible while it is still worked on is handled twice at the same time.</summary>
    public static IEnumerable<CheckResult> JudgeVisibility(string queue, TimeSpan visibility, string function, TimeSpan timeout)
    {
        if (visibility < Times * timeout)
        {
            yield return new CheckResult(
                visibility < timeout ? CheckLevel.Fail : CheckLevel.Warn, Check, $"{queue} hides a message for {Cells.Text(visibility)}, and {function} may take {Cells.Text(timeout)}",
                $"raise the queue's visibility timeout to {Cells.Text(Times * timeout)} (queue.visibility_timeout_seconds), or lower functions.timeout_seconds");
        }
    }

    /// <returns>Null when there is no such queue.</returns>
    private async Task<TimeSpan?> VisibilityAsync(string queue, CancellationToken cancellationToken)
    {
        try
        {
            var url = (await services.Sqs.GetQueueUrlAsync(queue, cancellationToken)).QueueUrl;
            var attributes = (await services.Sqs.GetQueueAttributesAsync(url, ["VisibilityTimeout"], cancellationToken)).Attributes;
            return TimeSpan.FromSeconds(long.Parse(attributes["VisibilityTimeout"], CultureInfo.InvariantCulture));
        }
        catch (QueueDoesNotExistException)
        {
            return null;
        }
    }
}
