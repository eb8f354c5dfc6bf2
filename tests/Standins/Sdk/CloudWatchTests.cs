using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using Metric = Amazon.CloudWatch.Model.Metric;
using Amazon.Runtime;

namespace DataToEvents.Standins.Tests.Sdk;

public sealed class CloudWatchTests
{
    [Fact]
    public async Task Alarms_are_asked_for_by_prefix_and_state()
    {
        await using var service = new FakeService((200, """{"MetricAlarms":[{"AlarmName":"e-errors","StateValue":"ALARM","StateReason":"1 > 0","Threshold":0.0}],"CompositeAlarms":[],"NextToken":"next"}"""));
        using var client = Client(service);

        var page = await client.DescribeAlarmsAsync(new DescribeAlarmsRequest { AlarmNamePrefix = "e-", StateValue = StateValue.ALARM, NextToken = "token" });

        var sent = service.Requests.Should().ContainSingle().Subject;
        (sent.Method, sent.Path, sent.Body).Should().Be(("POST", "/", """{"AlarmNamePrefix":"e-","NextToken":"token","StateValue":"ALARM"}"""));
        sent.Headers["X-Amz-Target"].Should().Be("GraniteServiceVersion20100801.DescribeAlarms");
        sent.Headers["Authorization"].Should().Contain("/eu-north-1/monitoring/aws4_request");
        page.NextToken.Should().Be("next");
        page.MetricAlarms.Select(alarm => (alarm.AlarmName, alarm.StateValue, alarm.StateReason)).Should().Equal(("e-errors", StateValue.ALARM, "1 > 0"));
    }

    [Fact]
    public async Task Alarms_are_asked_for_by_name()
    {
        await using var service = new FakeService((200, "{}"));
        using var client = Client(service);

        var page = await client.DescribeAlarmsAsync(new DescribeAlarmsRequest { AlarmNames = ["a", "b"] });

        service.Requests.Select(sent => sent.Body).Should().Equal("""{"AlarmNames":["a","b"]}""");
        page.MetricAlarms.Should().BeNull("as with the package a list that is not answered is none");
    }

    [Fact]
    public async Task A_refusal_is_an_exception_with_its_code()
    {
        await using var service = new FakeService((400, """{"__type":"com.amazonaws.cloudwatch#InvalidNextToken","message":"no"}"""));
        using var client = Client(service);

        var refused = await client.Invoking(it => it.DescribeAlarmsAsync(new DescribeAlarmsRequest())).Should().ThrowAsync<AmazonCloudWatchException>().WithMessage("no");

        refused.Which.ErrorCode.Should().Be("InvalidNextToken");
    }

    [Fact]
    public async Task Values_of_metrics_are_asked_for_and_read_with_their_times()
    {
        await using var service = new FakeService((200, """{"Messages":[],"MetricDataResults":[{"Id":"a","Label":"l","StatusCode":"Complete","Timestamps":[1764590400,1764590340.0],"Values":[2.5,1]},{"Id":"b","Timestamps":[],"Values":[]}]}"""));
        using var client = Client(service);

        var page = await client.GetMetricDataAsync(new GetMetricDataRequest
        {
            StartTime = new DateTime(2025, 12, 1, 11, 50, 0, DateTimeKind.Utc),
            EndTime = new DateTime(2025, 12, 1, 12, 0, 0, DateTimeKind.Utc),
            ScanBy = ScanBy.TimestampDescending,
            MetricDataQueries =
            [
                new MetricDataQuery
                {
                    Id = "a",
                    MetricStat = new MetricStat { Metric = new Metric { Namespace = "AWS/SQS", MetricName = "Age", Dimensions = [new Dimension { Name = "QueueName", Value = "q" }] }, Period = 60, Stat = "Maximum" },
                },
            ],
        });

        var sent = service.Requests.Should().ContainSingle().Subject;
        sent.Body.Should().Be("""{"EndTime":1764590400,"MetricDataQueries":[{"Id":"a","MetricStat":{"Metric":{"Dimensions":[{"Name":"QueueName","Value":"q"}],"MetricName":"Age","Namespace":"AWS/SQS"},"Period":60,"Stat":"Maximum"}}],"ScanBy":"TimestampDescending","StartTime":1764589800}""");
        sent.Headers["X-Amz-Target"].Should().Be("GraniteServiceVersion20100801.GetMetricData");
        page.MetricDataResults.Select(result => (result.Id, result.Values.Count)).Should().Equal(("a", 2), ("b", 0));
        page.MetricDataResults[0].Values.Should().Equal(2.5, 1);
        page.MetricDataResults[0].Timestamps.Should().Equal(new DateTime(2025, 12, 1, 12, 0, 0, DateTimeKind.Utc), new DateTime(2025, 12, 1, 11, 59, 0, DateTimeKind.Utc));
    }

    private static AmazonCloudWatchClient Client(FakeService service) =>
        new(new BasicAWSCredentials("AKID", "secret"), new AmazonCloudWatchConfig { ServiceURL = service.Url, AuthenticationRegion = "eu-north-1", MaxErrorRetry = 0 });
}
