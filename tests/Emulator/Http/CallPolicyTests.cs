using Amazon.DynamoDBv2;
using Amazon.EventBridge;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SQS;
using DataToEvents.Emulator.Http;

namespace DataToEvents.Emulator.Tests.Http;

/// <summary>Calls that a policy refuses: clients get an error that they know, and services never see the calls.</summary>
public sealed class CallPolicyTests : IAsyncLifetime, ICallPolicy
{
    private readonly List<string> _seen = [];
    private Func<AwsCall, bool> _allows = _ => false;
    private TestEndpoint _endpoint = null!;

    public async Task InitializeAsync() => _endpoint = await TestEndpoint.StartAsync(this);

    public async Task DisposeAsync() => await _endpoint.DisposeAsync();

    string? ICallPolicy.Refusal(AwsCall call)
    {
        _seen.Add($"{call.AccessKeyId} {call.Service}.{call.Operation} {call.Bucket}/{call.Key} {Encoding.UTF8.GetString(call.Request.Span).Contains("nobody", StringComparison.Ordinal)}");
        return _allows(call) ? null : "User: nobody is not authorized to perform it";
    }

    [Fact]
    public async Task Each_service_refuses_in_the_form_that_amazons_client_knows()
    {
        var send = () => _endpoint.Sqs.SendMessageAsync(_endpoint.QueueUrl, "nobody");
        var put = () => _endpoint.Dynamo.PutItemAsync("events", new() { ["pk"] = new("nobody"), ["sk"] = new("1") });
        var describe = () => _endpoint.Bridge.DescribeEventBusAsync(new() { Name = "nobody" });
        var store = () => _endpoint.S3.PutObjectAsync(new PutObjectRequest { BucketName = TestEndpoint.Bucket, Key = "a b", ContentBody = "x" });

        Refused(await send.Should().ThrowAsync<AmazonSQSException>());
        Refused(await put.Should().ThrowAsync<AmazonDynamoDBException>());
        Refused(await describe.Should().ThrowAsync<AmazonEventBridgeException>());
        (await store.Should().ThrowAsync<AmazonS3Exception>()).Which.ErrorCode.Should().Be("AccessDenied");
        _seen.Should().Equal(
            "embedded AmazonSQS.SendMessage / True",
            "embedded DynamoDB_20120810.PutItem / True",
            "embedded AWSEvents.DescribeEventBus / True",
            $"embedded S3.PutObject {TestEndpoint.Bucket}/a b False");
        (_endpoint.Queue.Stats.Depth, _endpoint.Table.Stats.Items, (await _endpoint.Objects.ListAsync()).Count).Should().Be((0, 0, 0));
    }

    [Fact]
    public async Task Only_a_caller_who_may_list_a_bucket_is_told_that_an_object_is_missing()
    {
        _allows = call => call.Operation == "GetObject";
        var get = () => _endpoint.S3.GetObjectAsync(TestEndpoint.Bucket, "none");

        (await get.Should().ThrowAsync<AmazonS3Exception>()).Which.ErrorCode.Should().Be("AccessDenied");
        _allows = _ => true;
        (await get.Should().ThrowAsync<AmazonS3Exception>()).Which.ErrorCode.Should().Be("NoSuchKey");
    }

    [Fact]
    public async Task A_call_without_a_signature_has_no_signer()
    {
        using var http = new HttpClient();
        using var call = new StringContent("{}", Encoding.UTF8, "application/x-amz-json-1.0");
        call.Headers.Add("X-Amz-Target", "AmazonSQS.ListQueues");

        using var answer = await http.PostAsync(new Uri(_endpoint.Url), call);

        _seen.Should().Equal(" AmazonSQS.ListQueues / False");
        answer.Headers.GetValues("x-amzn-ErrorType").Should().Equal("AccessDeniedException");
    }

    private static void Refused<T>(FluentAssertions.Specialized.ExceptionAssertions<T> refusal)
        where T : AmazonServiceException =>
        refusal.Which.Should().Match<T>(fault => fault.Message.Contains("not authorized") && fault.ErrorCode.Contains("AccessDenied"));
}
