using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using Amazon.Runtime;
using DataToEvents.Commands;
using DataToEvents.Recovery.Reporting;
using DataToEvents.Recovery.Status;
using DataToEvents.Recovery.Targets;
using NSubstitute;
using Spectre.Console;

namespace DataToEvents.Recovery.Tests;

/// <summary>On AWS the ages of what waits come from CloudWatch. A fake one stands here before a path that tells no ages of its own.</summary>
public sealed class CloudWatchAgesTests : Bed
{
    private readonly Dictionary<string, double> _values = new()
    {
        ["AWS/Firehose DeliveryToS3.DataFreshness DeliveryStreamName=data-events-stream"] = 42,
        ["AWS/Lambda IteratorAge FunctionName=data-events-integration-event-emitter"] = 90_500,
        ["AWS/SQS ApproximateAgeOfOldestMessage QueueName=data-events-dlq.fifo"] = 3_600,
    };

    [Fact]
    public async Task Each_hop_has_the_age_that_CloudWatch_knows_and_says_when_it_saw_it()
    {
        var hops = await HopsAsync(Answering());

        Row(hops, "delivery stream").Should().Be((TimeSpan.FromSeconds(42), "as CloudWatch saw it 1m 0s ago"));
        Row(hops, "change stream").Should().Be((TimeSpan.FromSeconds(90.5), "as CloudWatch saw it 1m 0s ago"));
        Row(hops, "bus").Note.Should().StartWith("retries under way are not to be seen by calls");
    }

    [Fact]
    public async Task Dead_letters_have_an_age_there_too()
    {
        var now = TimeProvider.System.GetUtcNow();

        var ages = await CloudWatchAges.ReadAsync(Answering(), new ResourceNames(), now, default);

        ages.Of("data-events-dlq.fifo").Should().Be((TimeSpan.FromHours(1), now.AddMinutes(-1)));
        ages.Of("data-events-rule-dlq").Should().BeNull();
    }

    [Fact]
    public async Task Where_CloudWatch_refuses_the_row_says_so_and_the_others_are_told_all_the_same()
    {
        var refusing = Substitute.For<IAmazonCloudWatch>();
        refusing.GetMetricDataAsync(default!, default).ReturnsForAnyArgs<GetMetricDataResponse>(
            _ => throw new AmazonCloudWatchException("not allowed", ErrorType.Sender, "AccessDenied", "1", HttpStatusCode.Forbidden));

        var hops = await HopsAsync(refusing);

        Row(hops, "delivery stream").Should().Be((null, "CloudWatch refused: AccessDenied: not allowed"));
        hops.Rows.Should().HaveCount(6);
    }

    [Fact]
    public async Task Where_CloudWatch_has_no_value_of_the_last_minutes_the_row_says_where_to_look()
    {
        _values.Clear();

        var hops = await HopsAsync(Answering());

        Row(hops, "change stream").Should().Be((null, "how far the emitter is behind is in CloudWatch: IteratorAge"));
    }

    /// <summary>Two pages, the newest value first.</summary>
    private IAmazonCloudWatch Answering()
    {
        var cloudWatch = Substitute.For<IAmazonCloudWatch>();
        cloudWatch.GetMetricDataAsync(default!, default).ReturnsForAnyArgs(call =>
        {
            var request = call.Arg<GetMetricDataRequest>();
            (request.EndTime - request.StartTime).Should().Be(TimeSpan.FromMinutes(10));
            var newest = request.EndTime!.Value.AddMinutes(-1);
            var results = request.MetricDataQueries.Where(query => _values.ContainsKey(Metric(query)))
                .Select(query => new MetricDataResult { Id = query.Id, Values = [_values[Metric(query)], 7], Timestamps = [newest, newest.AddMinutes(-1)] });
            return request.NextToken is null
                ? new GetMetricDataResponse { MetricDataResults = [.. results.Take(1)], NextToken = "more" }
                : new GetMetricDataResponse { MetricDataResults = [.. results.Skip(1)] };
        });
        return cloudWatch;
    }

    private static string Metric(MetricDataQuery query)
    {
        var (metric, dimension) = (query.MetricStat.Metric, query.MetricStat.Metric.Dimensions.Single());
        return $"{metric.Namespace} {metric.MetricName} {dimension.Name}={dimension.Value}";
    }

    private async Task<Listing> HopsAsync(IAmazonCloudWatch cloudWatch)
    {
        var names = new ResourceNames();
        var now = TimeProvider.System.GetUtcNow();
        var terminal = new Terminal("operator", AnsiConsole.Console, TextWriter.Null, TextWriter.Null, TimeProvider.System, Random.Shared);
        await using var services = await PathServices.OpenAsync(new PathTarget(null, new Uri(Path.Url), null, names), terminal);
        return await new PathStatus(services, null, await CloudWatchAges.ReadAsync(cloudWatch, names, now, default), now, default).HopsAsync();
    }

    private static (TimeSpan? Age, string? Note) Row(Listing hops, string hop)
    {
        var row = hops.Rows.Single(row => Equals(row[0], hop));
        return ((TimeSpan?)row[4], (string?)row[5]);
    }
}
