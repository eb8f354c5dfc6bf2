using Amazon.KinesisFirehose;
using Amazon.KinesisFirehose.Model;
using Amazon.Runtime;
using DataToEvents.Generator.Sending;
using DataToEvents.Load.Ledger;
using DataToEvents.Load.Tests;

namespace DataToEvents.Generator.Tests.Sending;

public class FirehoseSinkTests
{
    private static readonly IReadOnlyList<Outgoing> Batch = [SomeRecords.Outgoing("José"), SomeRecords.Outgoing("🙂")];

    [Fact]
    public async Task Each_record_gets_its_own_answer()
    {
        var client = new FakeFirehose(_ => new PutRecordBatchResponse
        {
            FailedPutCount = 1,
            RequestResponses = [new() { RecordId = "1" }, new() { ErrorCode = "ServiceUnavailableException", ErrorMessage = "Slow down." }],
        });

        var errors = await Sink(client).PutAsync(Batch, default);

        errors.Should().Equal(PutAnswer.Accepted, PutAnswer.Retry("ServiceUnavailableException: Slow down."));
        client.Sent.Should().Equal("data-events-stream", "José", "🙂");
    }

    [Fact]
    public async Task An_answer_for_other_records_than_were_sent_is_no_delivery() =>
        (await FaultOf(_ => new PutRecordBatchResponse { RequestResponses = [new() { RecordId = "1" }] })).Fault.Should().Be(TargetFault.Refused);

    [Theory]
    [InlineData("ServiceUnavailableException", HttpStatusCode.ServiceUnavailable, nameof(TargetFault.Busy))]
    [InlineData("ThrottlingException", HttpStatusCode.BadRequest, nameof(TargetFault.Busy))]
    [InlineData("InternalFailure", HttpStatusCode.InternalServerError, nameof(TargetFault.Troubled))]
    [InlineData("InvalidArgumentException", HttpStatusCode.BadRequest, nameof(TargetFault.Refused))]
    [InlineData("ResourceNotFoundException", HttpStatusCode.BadRequest, nameof(TargetFault.Refused))]
    [InlineData("UnrecognizedClientException", HttpStatusCode.BadRequest, nameof(TargetFault.Refused))]
    public async Task An_error_of_the_service_is_told_by_its_code(string code, HttpStatusCode status, string fault)
    {
        var caught = await FaultOf(_ => throw new AmazonServiceException("Its words.", ErrorType.Unknown, code, "id", status));

        caught.Fault.ToString().Should().Be(fault);
        caught.Message.Should().Contain(code).And.Contain("Its words.").And.Contain("http://127.0.0.1:5080/");
    }

    [Fact]
    public async Task A_lone_record_that_the_service_does_not_take_is_refused_and_the_run_goes_on()
    {
        var sink = Sink(new FakeFirehose(_ => throw new AmazonServiceException("Too long.", ErrorType.Sender, "InvalidArgumentException", "id", HttpStatusCode.BadRequest)));

        (await sink.PutAsync([SomeRecords.Outgoing("x")], default)).Should().Equal(PutAnswer.Refused("InvalidArgumentException: Too long."));
    }

    [Fact]
    public async Task No_answer_is_an_unreachable_target()
    {
        (await FaultOf(_ => throw new HttpRequestException("Connection refused"))).Fault.Should().Be(TargetFault.Unreachable);
        (await FaultOf(_ => throw new TaskCanceledException("Timed out"))).Fault.Should().Be(TargetFault.Unreachable);
        (await FaultOf(_ => throw new HttpRequestException("Reset", new IOException("Connection reset by peer")))).Fault.Should().Be(TargetFault.Troubled, "it was there");
    }

    [Fact]
    public void A_local_endpoint_needs_no_credentials_and_no_region()
    {
        using var client = AwsConnection.Firehose(new Uri("http://127.0.0.1:5080"), null, _ => null);

        client.Config.ServiceURL.Should().Be("http://127.0.0.1:5080/");
        client.Config.AuthenticationRegion.Should().Be("us-east-1");
        client.Config.MaxErrorRetry.Should().Be(0);
    }

    [Fact]
    public void A_region_of_the_environment_is_kept()
    {
        using var client = AwsConnection.Firehose(new Uri("http://127.0.0.1:5080"), null, name => name == "AWS_REGION" ? "eu-north-1" : null);

        client.Config.AuthenticationRegion.Should().Be("eu-north-1");
    }

    private static FirehoseSink Sink(IAmazonKinesisFirehose client) => new(client, new SendTarget(TargetKind.Firehose, new Uri("http://127.0.0.1:5080"), "data-events-stream"));

    private static async Task<TargetException> FaultOf(Func<PutRecordBatchRequest, PutRecordBatchResponse> answer) =>
        (await FluentActions.Awaiting(() => Sink(new FakeFirehose(answer)).PutAsync(Batch, default)).Should().ThrowAsync<TargetException>()).Which;

    private sealed class FakeFirehose(Func<PutRecordBatchRequest, PutRecordBatchResponse> answer)
        : AmazonKinesisFirehoseClient(new BasicAWSCredentials("a", "b"), Amazon.RegionEndpoint.USEast1)
    {
        public List<string> Sent { get; } = [];

        public override Task<PutRecordBatchResponse> PutRecordBatchAsync(PutRecordBatchRequest request, CancellationToken cancellationToken = default)
        {
            Sent.Add(request.DeliveryStreamName);
            Sent.AddRange(request.Records.Select(record => Encoding.UTF8.GetString(record.Data.ToArray())));
            return Task.FromResult(answer(request));
        }
    }
}
