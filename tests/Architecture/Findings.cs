namespace DataToEvents.Architecture.Tests;

internal static class Findings
{
    /// <summary>Fails with all findings, one on each line: each names a file, a line and what to do.</summary>
    public static void ShouldBeNone(this IEnumerable<string> findings)
    {
        var all = findings.Order(StringComparer.Ordinal).ToList();
        Assert.True(all.Count == 0, $"{all.Count} findings:{Environment.NewLine}{string.Join(Environment.NewLine, all)}");
    }
}
