using Amazon.Runtime;
using Amazon.S3;
using DataToEvents.Adapters.S3;
using DataToEvents.Adapters.Tests.Contracts;
using DataToEvents.Adapters.Tests.Wire;
using DataToEvents.Application.EventResponder;
using DataToEvents.Application.Transformer;

namespace DataToEvents.Adapters.Tests.S3;

public sealed class S3PayloadStoreTests : PayloadStoreContract
{
    private readonly FakeS3 _s3 = new();

    protected override IPayloadStore Payloads => Store(_s3.Wire);

    protected override IPayloadReader Reader => Read(_s3.Wire);

    [Fact]
    public async Task The_key_is_the_payloads_hash_below_its_first_two_digits()
    {
        var reference = await Payloads.PutAsync("payload"u8.ToArray(), "text/plain", default);

        reference.Should().Be("s3://lake-bucket/payloads/23/239f59ed55e737c77147cf55ad0c1b030b6d7ee748a7426952f9b852d5a935e5.bin");
        _s3.Wire.Requests.Single().Headers["Content-Type"].Should().Be("text/plain");
    }

    [Fact]
    public async Task A_conditional_put_that_meets_another_one_is_tried_again()
    {
        var answers = new Queue<WireAnswer>([
            WireAnswer.XmlError(HttpStatusCode.Conflict, "ConditionalRequestConflict"), WireAnswer.XmlError(HttpStatusCode.PreconditionFailed, "PreconditionFailed")]);
        var wire = new FakeAws(_ => answers.Dequeue());

        await Store(wire).PutAsync("payload"u8.ToArray(), null, default);

        wire.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_put_that_S3_could_not_serve_is_tried_once_more()
    {
        var answers = new Queue<WireAnswer>([WireAnswer.XmlError(HttpStatusCode.ServiceUnavailable, "SlowDown"), new WireAnswer(HttpStatusCode.OK, "")]);
        var wire = new FakeAws(_ => answers.Dequeue());

        await Store(wire, retries: 1).PutAsync("payload"u8.ToArray(), null, default);

        wire.Requests.Should().HaveCount(2);
        wire.Requests[1].Body.Should().Equal("payload"u8.ToArray());
    }

    [Fact]
    public async Task A_put_whose_connection_breaks_is_tried_once_more()
    {
        var answers = new Queue<Func<WireAnswer>>([() => throw new HttpRequestException("broken"), () => new WireAnswer(HttpStatusCode.OK, "")]);
        var wire = new FakeAws(_ => answers.Dequeue()());

        await Store(wire, retries: 1).PutAsync("payload"u8.ToArray(), null, default);

        wire.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task What_S3_says_of_a_failure_is_told_with_its_code_and_a_body_that_is_not_S3s_by_its_status()
    {
        var answers = new Queue<WireAnswer>([
            new WireAnswer(HttpStatusCode.Forbidden, "<?xml version=\"1.0\"?>\n<Error><Code>AccessDenied</Code><Message>a &amp; b are &lt;denied&gt;</Message></Error>", "application/xml"),
            new WireAnswer(HttpStatusCode.BadGateway, "<html>gateway", "text/html")]);
        var wire = new FakeAws(_ => answers.Dequeue());

        var put = () => Store(wire).PutAsync("payload"u8.ToArray(), null, default);

        (await put.Should().ThrowAsync<AmazonServiceException>()).Which.Message.Should().Be("AccessDenied: a & b are <denied>");
        (await put.Should().ThrowAsync<AmazonServiceException>()).Which.Message.Should().StartWith("BadGateway: ");
    }

    [Theory]
    [InlineData("eu-north-1", "https://lake-bucket.s3.eu-north-1.amazonaws.com/")]
    [InlineData("us-east-1", "https://lake-bucket.s3.us-east-1.amazonaws.com/")]
    [InlineData("us-gov-west-1", "https://lake-bucket.s3.us-gov-west-1.amazonaws.com/")]
    public async Task On_AWS_the_bucket_is_part_of_the_host_name(string region, string expected)
    {
        var urls = new List<Uri>();
        var wire = new FakeAws(request =>
        {
            urls.Add(request.Url);
            return new WireAnswer(HttpStatusCode.OK, "");
        });
        var config = wire.Plays(S3Settings.For(null));
        config.ServiceURL = null;
        config.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(region);

        await new S3PayloadStore(new AmazonS3Client(config), FakeS3.Options).PutAsync("payload"u8.ToArray(), null, default);

        urls.Should().ContainSingle().Which.AbsoluteUri.Should().StartWith(expected + "payloads/");
    }

    [Fact]
    public async Task A_missing_bucket_is_named_with_its_variable()
    {
        var wire = new FakeAws(_ => WireAnswer.XmlError(HttpStatusCode.NotFound, "NoSuchBucket"));

        var put = () => Store(wire).PutAsync("payload"u8.ToArray(), null, default);

        await put.Should().ThrowAsync<InvalidOperationException>().WithMessage("There is no bucket lake-bucket (PAYLOAD_BUCKET).");
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, "SlowDown")]
    [InlineData(HttpStatusCode.InternalServerError, "InternalError")]
    [InlineData(HttpStatusCode.Forbidden, "AccessDenied")]
    [InlineData(HttpStatusCode.Conflict, "ConditionalRequestConflict")]
    public async Task A_put_that_fails_for_good_is_thrown(HttpStatusCode status, string code)
    {
        var wire = new FakeAws(_ => WireAnswer.XmlError(status, code));

        var put = () => Store(wire).PutAsync("payload"u8.ToArray(), null, default);

        (await put.Should().ThrowAsync<AmazonServiceException>()).Which.ErrorCode.Should().Be(code);
    }

    [Fact]
    public async Task A_call_that_hangs_ends_when_it_is_cancelled()
    {
        await FakeAws.HangingAsync((cancellation, wire) => Store(wire).PutAsync("payload"u8.ToArray(), null, cancellation));
        await FakeAws.HangingAsync((cancellation, wire) => Read(wire).GetAsync("name", cancellation));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Upper")]
    [InlineData("ab")]
    public void A_bucket_that_can_be_none_is_refused_at_once_by_its_variable(string? bucket)
    {
        var options = () => new S3Options(bucket, S3Options.QuarantineVariable);

        options.Should().Throw<ArgumentException>().WithMessage("QUARANTINE_BUCKET must be*");
    }

    protected override Task<byte[]> ReadAsync(string reference) => Task.FromResult(_s3.Objects[reference[$"s3://{FakeS3.Bucket}/".Length..]]);

    protected override Task<int> CountAsync() => Task.FromResult(_s3.Objects.Count);

    private static S3PayloadStore Store(FakeAws wire, int retries = 0) => new(FakeS3.Client(wire, retries), FakeS3.Options);

    private static S3PayloadReader Read(FakeAws wire) => new(FakeS3.Client(wire), FakeS3.Options);
}
