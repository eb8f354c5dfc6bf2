namespace DataToEvents.Local.Page;

/// <summary>The places of records that were set aside: how much lies there, and the operator's command that brings it back.</summary>
/// <param name="directory">The data directory that has the places.</param>
/// <param name="run">The operator's command line, its output going to the writer.</param>
internal sealed class SetAsidePlaces(DataDirectory directory, Func<string[], TextWriter, Task<int>> run)
{
    private static readonly (string Id, string Metric, string Name, string Where, string Action, string[] Command)[] Places =
    [
        ("processing-failed", "processing_failed", "Processing failed", "lake/errors/", "Re-ingest", ["failed", "reingest"]),
        ("dead-letters", "dead_letter_queue", "Dead-letter queue", Names.DeadLetterQueue, "Redrive", ["dead-letters", "redrive", "queue"]),
        ("quarantine", "quarantine", "Quarantine", Names.QuarantinePrefix, "Release", ["quarantine", "release", "--all"]),
        ("on-failure", "on_failure", "Stream records given up", "on-failure/", "Recover", ["on-failure", "recover"]),
        ("rule-dead-letters", "rule_dead_letter_queue", "Rule's dead-letter queue", Names.RuleDeadLetterQueue, "Redrive", ["dead-letters", "redrive", "rule"]),
    ];

    /// <summary>What was counted last; nothing before the first count.</summary>
    public IReadOnlyList<PagePlace> Latest { get; private set; } = [];

    public async Task<IReadOnlyList<PagePlace>> CountAsync()
    {
        var counted = new List<PagePlace>(Places.Length);
        foreach (var place in Places)
        {
            var count = place.Where switch
            {
                Names.DeadLetterQueue => directory.DeadLetters.Stats.Depth,
                Names.RuleDeadLetterQueue => directory.RuleDeadLetters.Stats.Depth,
                _ => (await directory.Bucket.ListAsync(place.Where)).Count,
            };
            counted.Add(new PagePlace(place.Id, place.Metric, place.Name, place.Where, count, place.Where.EndsWith('/') ? "objects" : "messages", place.Action));
        }

        return Latest = counted;
    }

    /// <returns>Whether there is such a place, and what the operator's command said.</returns>
    public async Task<(bool Known, string Outcome)> BringBackAsync(string id)
    {
        var place = Array.Find(Places, place => place.Id == id);
        if (place.Command is null)
        {
            return (false, $"There is no place \"{id}\".");
        }

        using var said = new StringWriter(CultureInfo.InvariantCulture);
        said.WriteLine($"operator {string.Join(' ', place.Command)} --yes");
        var exitCode = await run([.. place.Command, "--yes"], said);
        if (exitCode != 0)
        {
            said.WriteLine($"exit code {exitCode}");
        }

        return (true, said.ToString().Trim());
    }
}
