namespace DataToEvents.Benchmarks.Functions;

/// <summary>A bound of one build's figures.</summary>
internal sealed record Goal(string What, double AtMost, Func<Row, double> Reached)
{
    /// <param name="subject">A <see cref="Subject"/>'s name.</param>
    public static IEnumerable<Goal> Of(string subject)
    {
        yield return new("zip, MB", 6.2, row => row.ZipMegabytes);
        yield return new("peak RSS, MB", subject switch { "Transformer (6 MB)" => 85, _ when subject.StartsWith("Transformer", StringComparison.Ordinal) => 45, _ => 30 }, row => row.Now.PeakMegabytes);

        // The consumer's transaction an event is its own matter.
        if (subject != "EventResponder")
        {
            yield return new("AWS calls of an operation per 1,000 records", 105, row => row.Now.Calls.Values.Max());
        }
    }
}

/// <summary>A bound of a figure's ratio to the same figure of the base, measured in turn with it. Milliseconds alone say little on a shared machine.</summary>
internal sealed record RatioGoal(string What, double AtMost, Func<Row, double> Figure)
{
    /// <summary>The SDK's clients against the functions' own wire code of commit f7da7d7 (docs/adr/0018).</summary>
    public static IReadOnlyList<RatioGoal> All { get; } =
    [
        new("CPU ms per 1,000 records", 1.6, row => row.Now.CpuPerThousand),
        new("warm ms at 5 ms a call", 1.15, row => row.After5Ms.Milliseconds),
        new("cold start over TLS, ms", 1.25, row => row.Tls.FirstAnswer),
        new("AWS calls per 1,000 records", 1, row => row.Now.Calls.Values.Sum()),
    ];
}
