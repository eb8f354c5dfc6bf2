using Amazon.EventBridge;
using Amazon.EventBridge.Model;
using Amazon.KinesisFirehose;
using Amazon.KinesisFirehose.Model;

namespace DataToEvents.Standins.Tests.Sdk;

/// <summary>The process has one set of environment variables, so no other test runs meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class WholeEnvironment
{
    public const string Name = "Environment";
}

[Collection(WholeEnvironment.Name)]
public sealed class EnvironmentTests : IDisposable
{
    private readonly List<string> _set = [];

    public void Dispose() => _set.ForEach(name => Environment.SetEnvironmentVariable(name, null));

    [Fact]
    public async Task Endpoint_region_and_credentials_come_from_the_environment_unless_given()
    {
        await using var common = new FakeService((200, "{}"));
        await using var own = new FakeService((200, "{}"));
        Set("AWS_ACCESS_KEY_ID", "FROMENV");
        Set("AWS_SECRET_ACCESS_KEY", "secret");
        Set("AWS_SESSION_TOKEN", "token");
        Set("AWS_REGION", "eu-north-1");
        Set("AWS_ENDPOINT_URL", common.Url);
        Set("AWS_ENDPOINT_URL_FIREHOSE", own.Url);

        using var eventBridge = new AmazonEventBridgeClient();
        await eventBridge.PutEventsAsync(new PutEventsRequest());
        using var firehose = new AmazonKinesisFirehoseClient();
        await firehose.PutRecordAsync(new PutRecordRequest());

        common.Requests.Should().ContainSingle().Which.Headers["Authorization"].Should().Contain("Credential=FROMENV/").And.Contain("/eu-north-1/events/");
        common.Requests[0].Headers["X-Amz-Security-Token"].Should().Be("token");
        own.Requests.Should().ContainSingle().Which.Headers["Authorization"].Should().Contain("/eu-north-1/firehose/");
    }

    [Fact]
    public async Task The_endpoint_of_EventBridge_has_a_variable_of_its_own()
    {
        await using var own = new FakeService((200, "{}"));
        Set("AWS_REGION", "eu-north-1");
        Set("AWS_ENDPOINT_URL_EVENTBRIDGE", own.Url);

        using var client = new AmazonEventBridgeClient(new Amazon.Runtime.BasicAWSCredentials("AKID", "secret"));
        await client.PutEventsAsync(new PutEventsRequest());

        own.Requests.Should().ContainSingle();
    }

    private void Set(string name, string value)
    {
        _set.Add(name);
        Environment.SetEnvironmentVariable(name, value);
    }
}
