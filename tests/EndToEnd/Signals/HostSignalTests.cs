namespace DataToEvents.EndToEnd.Tests.Signals;

/// <summary>Metrics and traces of a running host, as collectors get them.</summary>
public sealed partial class HostSignalTests : IDisposable
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";
    private const string Producer = "b7ad6b7169203331";

    private static readonly Dictionary<string, string> Nothing = [];

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task One_trace_goes_on_through_every_hop_and_metrics_arrive_at_a_collector()
    {
        using var collector = new FakeCollector();
        using var host = await RunningHost.ObserveAsync(_folder.Data, "inprocess", new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        });

        await host.PutAsync([.. Enumerable.Range(0, 30).Select(TestOrders.Order), Traced("t-1", "01"), Traced("t-2", "00")]);
        await host.AwaitDeliveredAsync(32);
        var summary = await host.EndAsync();

        var spans = collector.Spans().Where(span => span.TraceId == TraceId).ToList();
        spans.Select(span => span.Name).Should().BeEquivalentTo("Transformer", "EventStorer", "IntegrationEventEmitter", "EventResponder");
        spans.Should().OnlyContain(span => span.ParentId == Producer);
        collector.Spans().Where(span => span.TraceId != TraceId).Select(span => span.Name).Should().Contain("Transformer", "a trace begins there for events that bring none");
        var sums = collector.Sums();
        foreach (var name in new[] { "accepted", "lake", "queued", "stored", "published", "delivered" })
        {
            sums[$"datatoevents.{name}"].Should().Be(summary.GetProperty(name).GetInt64(), "{0}", name);
        }

        sums["datatoevents.records_received"].Should().Be(32);
        sums["datatoevents.events_stored"].Should().Be(32);
    }

    [Fact]
    public async Task A_trace_goes_on_through_functions_that_are_processes_by_the_headers_of_message_and_event()
    {
        using var collector = new FakeCollector();
        using var host = await RunningHost.ObserveAsync(_folder.Data, RunningHost.Processes, new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_TRACES_SAMPLER"] = "parentbased_always_on",
        });

        await host.PutAsync([Traced("t-1", "01"), Traced("t-2", "00"), TestOrders.Order(1)]);
        await host.AwaitDeliveredAsync(3);
        await host.EndAsync();

        var spans = collector.Spans().ToLookup(span => span.TraceId);
        spans[TraceId].Select(span => (span.Name, span.ParentId)).Should().BeEquivalentTo(
            [("EventStorer", Producer), ("IntegrationEventEmitter", Producer), ("EventResponder", Producer)], "the Transformer's part in a producer's trace is told only in process");
        spans.Where(trace => trace.Key != TraceId).Select(trace => trace.Select(span => span.Name).Distinct().Count())
            .Should().Contain(4, "an event that brings no trace gets the Transformer's, and every step is in it");
    }

    [Theory]
    [InlineData("inprocess")]
    [InlineData(RunningHost.InProcessOfBuild)]
    [InlineData(RunningHost.Processes)]
    public async Task What_Prometheus_scrapes_parses_and_is_what_the_summary_says(string mode)
    {
        using var host = await RunningHost.ObserveAsync(_folder.Data, mode, Nothing);
        Parse(await host.Client.GetStringAsync("metrics"))["datatoevents_accepted_total"].Should().Be(0);

        await host.PutAsync([.. Enumerable.Range(0, 40).Select(TestOrders.Order), .. Enumerable.Range(0, 10).Select(TestOrders.Order), Huge]);
        await host.AwaitDeliveredAsync(40);
        await host.AwaitMetricAsync("datatoevents_pending", 0);
        var metrics = Parse(await host.Client.GetStringAsync("metrics"));
        var summary = await host.EndAsync();

        foreach (var name in new[] { "accepted", "queued", "stored", "duplicates", "conflicts", "published", "delivered" })
        {
            metrics[$"datatoevents_{name}_total"].Should().Be(summary.GetProperty(name).GetInt64(), "{0}", name);
        }

        metrics["""datatoevents_failed_total{place="processing_failed"}"""].Should().Be(summary.GetProperty("failed").GetProperty("processing_failed").GetInt64()).And.Be(1);
        metrics["""datatoevents_latency_milliseconds{quantile="0.99"}"""].Should().BePositive();
    }

    [Fact]
    public async Task Functions_write_one_line_of_embedded_metrics_an_invocation_and_never_a_payload()
    {
        using var host = await RunningHost.ObserveAsync(_folder.Data, RunningHost.Processes, new Dictionary<string, string> { ["EMF_METRICS"] = "true" });

        await host.PutAsync([.. Enumerable.Range(0, 40).Select(TestOrders.Order), Huge]);
        await host.PutAsync([TestOrders.Order(1).Replace("張偉", "somebody else", StringComparison.Ordinal)]);
        await host.AwaitDeliveredAsync(40);
        var summary = await host.EndAsync();

        var sums = new Dictionary<string, long>();
        foreach (var line in host.Said.Where(said => said.Contains("\"_aws\"", StringComparison.Ordinal)))
        {
            var (function, json) = (line[..line.IndexOf(": ", StringComparison.Ordinal)], line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..]);
            foreach (var (name, value) in EmbeddedMetrics.Read(json, function))
            {
                sums[$"{function}.{name}"] = sums.GetValueOrDefault($"{function}.{name}") + value;
            }
        }

        sums["Transformer.RecordsReceived"].Should().Be(summary.GetProperty("accepted").GetInt64()).And.Be(42);
        sums["Transformer.RecordsFailed"].Should().Be(1);
        sums["EventStorer.EventsStored"].Should().Be(summary.GetProperty("stored").GetInt64()).And.Be(40);
        sums["EventStorer.EventsInConflict"].Should().Be(1);
        sums["IntegrationEventEmitter.EventsPublished"].Should().Be(40);
        sums["EventResponder.EventsApplied"].Should().Be(40);
        host.Said.Should().NotContain(said => said.Contains("José", StringComparison.Ordinal) || said.Contains("somebody else", StringComparison.Ordinal));
        host.Said.Should().ContainSingle(said => said.StartsWith("Transformer: ", StringComparison.Ordinal) && said.Contains("(event huge of stream hostile", StringComparison.Ordinal));
    }

    /// <summary>It fails because its envelope is over the limit even without its payload.</summary>
    private static string Huge => $$"""{"specversion":"1.0","id":"huge","source":"/tests","type":"t","subject":"hostile","time":"2026-11-24T12:00:00Z","ext":"{{new string('x', 250_000)}}","data":"José"}""";

    private static string Traced(string id, string flags) =>
        $$"""{"specversion":"1.0","id":"{{id}}","source":"/tests","type":"t","subject":"traced-{{id}}","time":"2026-11-24T12:00:00Z","traceparent":"00-{{TraceId}}-{{Producer}}-{{flags}}","data":{{JsonSerializer.Serialize(id)}}}""";

    private static Dictionary<string, double> Parse(string text)
    {
        var lines = text.TrimEnd('\n').Split('\n');
        lines.Should().OnlyContain(line => line.StartsWith("# HELP ", StringComparison.Ordinal) || TypeLine().IsMatch(line) || SampleLine().IsMatch(line));
        return lines.Where(line => line[0] != '#').ToDictionary(line => line[..line.LastIndexOf(' ')], line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }

    [GeneratedRegex("""^# TYPE [a-z_]+ (counter|gauge|summary)$""")]
    private static partial Regex TypeLine();

    [GeneratedRegex("""^[a-z_]+(\{[a-z]+="[^"\\]*"\})? [0-9.E+-]+$""")]
    private static partial Regex SampleLine();
}
