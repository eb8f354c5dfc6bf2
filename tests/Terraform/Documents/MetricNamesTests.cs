using DataToEvents.Application.Signals;
using DataToEvents.Terraform.Tests.Running;

namespace DataToEvents.Terraform.Tests.Documents;

/// <summary>An alarm on a metric that nobody emits never fires. Our metrics are in the list of signals, and AWS's metrics are in AWS's documents.</summary>
public sealed partial class MetricNamesTests
{
    private const string Docs = "https://docs.aws.amazon.com/";

    private static readonly Dictionary<string, (string Source, string[] Names)> Documented = new()
    {
        ["AWS/Firehose"] = (Docs + "firehose/latest/dev/cloudwatch-metrics.html", ["IncomingRecords", "DeliveryToS3.Records", "DeliveryToS3.DataFreshness", "ThrottledRecords"]),
        ["AWS/SQS"] = (
            Docs + "AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html",
            ["NumberOfMessagesSent", "NumberOfMessagesDeleted", "ApproximateAgeOfOldestMessage", "ApproximateNumberOfMessagesVisible"]),
        ["AWS/DynamoDB"] = (Docs + "amazondynamodb/latest/developerguide/metrics-dimensions.html", ["ConsumedWriteCapacityUnits", "WriteThrottleEvents"]),
        ["AWS/Lambda"] = (Docs + "lambda/latest/dg/monitoring-metrics-types.html", ["Invocations", "Duration", "Errors", "Throttles", "IteratorAge", "DeadLetterErrors", "DestinationDeliveryFailures", "AsyncEventsDropped", "DroppedEventCount"]),
        ["AWS/Events"] = (
            Docs + "eventbridge/latest/userguide/eb-monitoring.html",
            ["MatchedEvents", "IngestionToInvocationStartLatency", "FailedInvocations", "InvocationsFailedToBeSentToDlq"]),
        // HTTP APIs, and REST APIs: apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html.
        ["AWS/ApiGateway"] = (Docs + "apigateway/latest/developerguide/http-api-metrics.html", ["Count", "Latency", "4xx", "5xx", "5XXError"]),
        ["AWS/S3"] = (Docs + "AmazonS3/latest/userguide/metrics-dimensions.html", ["BytesUploaded"]),

        // tests/Application (Every_signal_is_told_by_some_step) and tests/EndToEnd (the lines of running functions) show that these are emitted.
        [PathSignals.Name] = ("src/Application/Signals/PathSignals.cs", [.. PathSignals.All.Select(signal => signal.Name)]),
    };

    [Fact]
    public void Every_metric_that_an_alarm_or_the_dashboard_names_is_emitted()
    {
        var named = Alarms("observability").Concat(Alarms("lambda")).Concat(Panels()).Distinct().ToList();

        named.Should().HaveCountGreaterThan(25);
        named.Should().OnlyContain(metric => Documented.ContainsKey(metric.Namespace) && Documented[metric.Namespace].Names.Contains(metric.Name));
        named.Select(metric => metric.Namespace).Distinct().Should().BeEquivalentTo(Documented.Keys, "what nothing names need not be listed");
    }

    [Fact]
    public void The_metric_of_the_streams_failures_is_drawn_from_its_log() =>
        File.ReadAllText(Repository.PathOf("terraform", "modules", "kinesis", "main.tf")).Should().Contain("resource \"aws_cloudwatch_log_metric_filter\"");

    [Fact]
    public void Documents_name_every_signal()
    {
        var document = File.ReadAllText(Repository.PathOf("docs", "signals.md"));

        PathSignals.All.Should().AllSatisfy(signal => document.Should().Contain($"| `{signal.Name}` |").And.Contain(signal.Description));
    }

    private static IEnumerable<(string Namespace, string Name)> Alarms(string module) =>
        AlarmMetric().Matches(Text(module, "alarms.tf")).Select(alarm => (alarm.Groups["namespace"].Value, alarm.Groups["name"].Value));

    /// <summary>In a panel "." repeats the value of the line before.</summary>
    private static IEnumerable<(string Namespace, string Name)> Panels()
    {
        var current = "";
        foreach (Match line in PanelMetric().Matches(Text("observability", "dashboard.tf")))
        {
            current = line.Groups["namespace"].Value is "." ? current : line.Groups["namespace"].Value;
            yield return (current, line.Groups["name"].Value);
        }
    }

    private static string Text(string module, string file) => File.ReadAllText(Repository.PathOf("terraform", "modules", module, file));

    [GeneratedRegex("""namespace\s*= "(?<namespace>[^"]+)"\s*\n\s*metric(_name)?\s*= "(?<name>[^"]+)["]""")]
    private static partial Regex AlarmMetric();

    [GeneratedRegex("""\["(?<namespace>AWS/\w+|DataToEvents|\.)", "(?<name>[\w.]+)",""")]
    private static partial Regex PanelMetric();
}
