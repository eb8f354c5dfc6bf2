using Amazon.Runtime;
using DataToEvents.Adapters.Sqs;
using DataToEvents.Adapters.Tests.Contracts;
using DataToEvents.Adapters.Tests.Wire;
using DataToEvents.Application.Lanes;

namespace DataToEvents.Adapters.Tests.Sqs;

public sealed class SqsFailureTests
{
    [Theory]
    [InlineData("InternalError", false, AttemptResult.Retry)]
    [InlineData("ServiceUnavailable", false, AttemptResult.Retry)]
    [InlineData("RequestThrottled", true, AttemptResult.Retry)]
    [InlineData("KmsThrottled", true, AttemptResult.Retry)]
    [InlineData("InvalidMessageContents", true, AttemptResult.Rejected)]
    [InlineData("AWS.SimpleQueueService.UnsupportedOperation", true, AttemptResult.Rejected)]
    public async Task An_entry_that_fails_harms_no_other(string code, bool senderFault, AttemptResult expected)
    {
        var md5 = FakeSqs.Md5(System.Text.Encoding.UTF8.GetString(Some.Event("s-1").Envelope.Span));
        var wire = new FakeAws(_ => WireAnswer.Json(
            $$"""{"Failed":[{"Id":"0","Code":"{{code}}","Message":"why","SenderFault":{{(senderFault ? "true" : "false")}}}],"Successful":[{"Id":"1","MessageId":"m","MD5OfMessageBody":"{{md5}}"}]}"""));

        var attempts = await FakeSqs.Queue(wire).SendAsync([Some.Event("s-0"), Some.Event("s-1")], default);

        attempts[0].Result.Should().Be(expected);
        attempts[0].Reason.Should().Contain(code).And.Contain("why");
        attempts[1].Should().Be(Attempt.Done);
    }

    [Fact]
    public async Task An_entry_that_the_answer_does_not_name_is_tried_again()
    {
        var wire = new FakeAws(_ => WireAnswer.Json("{}"));

        var attempts = await FakeSqs.Queue(wire).SendAsync([Some.Event()], default);

        attempts.Should().ContainSingle().Which.Result.Should().Be(AttemptResult.Retry);
    }

    [Fact]
    public async Task A_missing_queue_is_named_with_its_variable()
    {
        var wire = new FakeAws(_ => WireAnswer.JsonError(HttpStatusCode.BadRequest, "com.amazonaws.sqs#QueueDoesNotExist"));

        var send = () => FakeSqs.Queue(wire).SendAsync([Some.Event()], default);

        var look = () => FakeSqs.Queue(wire).EnsureQueueExistsAsync(default);

        await send.Should().ThrowAsync<InvalidOperationException>().WithMessage($"*{FakeSqs.QueueUrl}*QUEUE_URL*");
        await look.Should().ThrowAsync<InvalidOperationException>().WithMessage($"*{FakeSqs.QueueUrl}*QUEUE_URL*");
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, "InternalFailure")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "ServiceUnavailable")]
    [InlineData(HttpStatusCode.BadRequest, "ThrottlingException")]
    public async Task A_call_that_fails_as_a_whole_is_thrown(HttpStatusCode status, string code)
    {
        var wire = new FakeAws(_ => WireAnswer.JsonError(status, code));

        var send = () => FakeSqs.Queue(wire).SendAsync([Some.Event()], default);

        (await send.Should().ThrowAsync<AmazonServiceException>()).Which.ErrorCode.Should().Be(code);
        wire.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData("InvalidParameterValue")]
    [InlineData("MissingParameter")]
    [InlineData("InvalidMessageContents")]
    [InlineData("AWS.SimpleQueueService.BatchRequestTooLong")]
    [InlineData("AccessDeniedException")]
    [InlineData("AccessDenied")]
    public async Task A_call_that_is_refused_as_a_whole_is_refused_for_each_of_its_events(string code)
    {
        var wire = new FakeAws(_ => WireAnswer.JsonError(HttpStatusCode.BadRequest, code));

        var attempts = await FakeSqs.Queue(wire).SendAsync([Some.Event("s-0"), Some.Event("s-1")], default);

        attempts.Should().HaveCount(2).And.OnlyContain(attempt => attempt.Result == AttemptResult.Rejected && attempt.Reason == $"SQS: {code}: said the service");
    }

    [Fact]
    public Task A_call_that_hangs_ends_when_it_is_cancelled() => FakeAws.HangingAsync((cancellation, wire) => FakeSqs.Queue(wire).SendAsync([Some.Event()], cancellation));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("events.fifo")]
    [InlineData("https://sqs.eu-north-1.amazonaws.com/123456789012/events")]
    public void A_queue_that_can_be_none_is_refused_at_once_by_its_variable(string? url)
    {
        var options = () => new SqsOptions(url, SqsOptions.QueueVariable);

        options.Should().Throw<ArgumentException>().WithMessage("QUEUE_URL must be*");
    }
}
