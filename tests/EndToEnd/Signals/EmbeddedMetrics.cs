namespace DataToEvents.EndToEnd.Tests.Signals;

/// <summary>Reads CloudWatch's embedded metric format as strictly as its specification. CloudWatch makes no metric of a line that breaks a rule, and reports no error.</summary>
internal static class EmbeddedMetrics
{
    private static readonly string[] Units = ["Count", "Bytes", "Milliseconds"];

    public static List<(string Name, long Value)> Read(string line, string function)
    {
        var root = JsonDocument.Parse(line).RootElement;
        var metadata = root.GetProperty("_aws");
        metadata.EnumerateObject().Select(member => member.Name).Should().BeEquivalentTo("Timestamp", "CloudWatchMetrics");
        DateTimeOffset.FromUnixTimeMilliseconds(metadata.GetProperty("Timestamp").GetInt64()).Should().BeCloseTo(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(10));
        var directive = metadata.GetProperty("CloudWatchMetrics").EnumerateArray().Should().ContainSingle().Subject;
        directive.EnumerateObject().Select(member => member.Name).Should().BeEquivalentTo("Namespace", "Dimensions", "Metrics");
        directive.GetProperty("Namespace").GetString().Should().Be("DataToEvents");
        directive.GetProperty("Dimensions").GetRawText().Should().Be("""[["FunctionName"]]""");
        root.GetProperty("FunctionName").GetString().Should().Be(function);
        var metrics = directive.GetProperty("Metrics").EnumerateArray().ToList();
        metrics.Should().HaveCountLessThanOrEqualTo(100).And.OnlyContain(metric => Units.Contains(metric.GetProperty("Unit").GetString()));
        return metrics.ConvertAll(metric => (metric.GetProperty("Name").GetString()!, root.GetProperty(metric.GetProperty("Name").GetString()!).GetInt64()));
    }
}
