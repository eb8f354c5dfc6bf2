using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
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

    private static AmazonCloudWatchClient Client(FakeService service) =>
        new(new BasicAWSCredentials("AKID", "secret"), new AmazonCloudWatchConfig { ServiceURL = service.Url, AuthenticationRegion = "eu-north-1", MaxErrorRetry = 0 });
}
