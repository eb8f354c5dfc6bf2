using DataToEvents.Emulator.Http;

namespace DataToEvents.Emulator.Tests.Http.S3;

/// <summary>Copies of objects. Sources are scenarios that LocalStack recorded on AWS.</summary>
public sealed class S3CopyTests : S3TestBase, ICallPolicy
{
    private const string Tag = "\"9a0364b9e99bb480dd25e1f0284c8555\"";
    private const string Unchanged = "400 InvalidRequest";

    private static readonly string[] Shown = ["Content-Type", "Content-Language", "x-amz-meta-key", "x-amz-meta-another-key"];

    private readonly List<string> _calls = [];

    protected override ICallPolicy Policy => this;

    string? ICallPolicy.Refusal(AwsCall call)
    {
        _calls.Add($"{call.Operation} {call.Key}");
        return call.Key == "secret" ? "no" : null;
    }

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await AskAsync("PUT", "a", ("Content-Type", "application/json"), ("Content-Language", "en-US"), ("x-amz-meta-key", "value"));
        await Endpoint.Objects.PutAsync("secret", new byte[1]);
        _calls.Clear();
    }

    // s3: TestS3::test_s3_copy_content_type_and_metadata, test_s3_copy_metadata_directive_copy, test_copy_object_special_character.
    [Theory]
    [InlineData("/lake-bucket/a")]
    [InlineData("lake-bucket/a")]
    [InlineData("lake-bucket%2Fa")]
    public async Task A_copy_has_the_content_and_the_headers_of_its_source(string source)
    {
        var copied = await AskAsync("PUT", "b", "", ("x-amz-copy-source", source), ("x-amz-metadata-directive", "COPY"), ("x-amz-meta-ignored", "x"));

        Members(copied).Should().Be($"200 ETag={Tag}, ChecksumCRC64NVME=lhVdXyVQTGE=, ChecksumType=FULL_OBJECT");
        Member(copied, "LastModified").Should().Be("1970-01-01T00:00:00.000Z");
        (await HeadAsync("b")).Should().Be("application/json en-US value ");
        (await StoredAsync("b")).Should().Be("content");
        _calls.Take(2).Should().Equal("GetObject a", "PutObject b");
    }

    // s3: TestS3::test_s3_copy_metadata_replace.
    [Fact]
    public async Task A_copy_may_have_headers_of_its_own()
    {
        await AskAsync("PUT", "b", "", ("x-amz-copy-source", "/lake-bucket/a"), ("x-amz-metadata-directive", "REPLACE"), ("Content-Type", "image/jpg"), ("x-amz-meta-another-key", "value"));

        (await HeadAsync("b")).Should().Be("image/jpg   value");
    }

    // s3: TestS3::test_s3_copy_object_in_place, test_s3_copy_object_in_place_metadata_directive, test_s3_copy_object_in_place_storage_class.
    [Fact]
    public async Task A_copy_of_an_object_onto_itself_must_change_it()
    {
        Error(await AskAsync("PUT", "a", "", ("x-amz-copy-source", "/lake-bucket/a"))).Should().Be(Unchanged);
        Error(await AskAsync("PUT", "a", "", ("x-amz-copy-source", "/lake-bucket/a"), ("x-amz-acl", "private"))).Should().Be(Unchanged);
        (await HeadAsync("a")).Should().Be("application/json en-US value ");

        (await AskAsync("PUT", "a", "", ("x-amz-copy-source", "/lake-bucket/a"), ("x-amz-storage-class", "STANDARD"))).Status.Should().Be(200);
        (await HeadAsync("a")).Should().Be("application/json en-US value ");
        (await AskAsync("PUT", "a", "", ("x-amz-copy-source", "/lake-bucket/a"), ("x-amz-metadata-directive", "REPLACE"))).Status.Should().Be(200);
        (await HeadAsync("a")).Should().Be("binary/octet-stream   ");
        (await StoredAsync("a")).Should().Be("content");
    }

    // s3: TestS3::test_s3_copy_object_with_checksum, test_s3_copy_object_with_default_checksum.
    [Fact]
    public async Task A_copy_has_the_checksum_of_its_source_or_the_one_that_is_asked_for()
    {
        await AskAsync("PUT", "sum", "test-checksum", ("x-amz-checksum-crc32", "lVk/nw=="));

        Members(await AskAsync("PUT", "b", "", ("x-amz-copy-source", "/lake-bucket/sum"))).Should().EndWith("ChecksumCRC32=lVk/nw==, ChecksumType=FULL_OBJECT");
        Members(await AskAsync("PUT", "b", "", ("x-amz-copy-source", "/lake-bucket/sum"), ("x-amz-checksum-algorithm", "CRC32C"))).Should().EndWith("ChecksumCRC32C=Fz3epA==, ChecksumType=FULL_OBJECT");
        (await AskAsync("HEAD", "b", ("x-amz-checksum-mode", "ENABLED"))).Headers["x-amz-checksum-crc32c"].Should().Be("Fz3epA==");
    }

    // s3_preconditions: test_s3_copy_object_preconditions; s3_api: TestS3Multipart::test_upload_part_copy_with_copy_source_if_*.
    [Theory]
    [InlineData("if-match", "\"none\"", "412 PreconditionFailed, Condition=x-amz-copy-source-If-Match")]
    [InlineData("if-unmodified-since", "Wed, 31 Dec 1969 23:59:59 GMT", "412 PreconditionFailed, Condition=x-amz-copy-source-If-Unmodified-Since")]
    [InlineData("if-none-match", Tag, "412 PreconditionFailed, Condition=x-amz-copy-source-If-None-Match")]
    [InlineData("if-none-match", "9a0364b9e99bb480dd25e1f0284c8555", "412 PreconditionFailed, Condition=x-amz-copy-source-If-None-Match")]
    [InlineData("if-modified-since", "Thu, 01 Jan 2026 00:00:00 GMT", "412 PreconditionFailed, Condition=x-amz-copy-source-If-Modified-Since")]
    [InlineData("if-modified-since", "Thu, 01 Jan 2099 00:00:00 GMT", "")]
    [InlineData("if-match", Tag, "")]
    [InlineData("if-none-match", "\"none\"", "")]
    public async Task A_copy_is_made_if_the_condition_on_its_source_holds(string condition, string value, string error)
    {
        var copied = await AskAsync("PUT", "b", "", ("x-amz-copy-source", "/lake-bucket/a"), ($"x-amz-copy-source-{condition}", value));

        (copied.Status == 200 ? "" : Error(copied)).Should().Be(error);
        (await Endpoint.Objects.ExistsAsync("b")).Should().Be(error.Length == 0);
    }

    // s3: TestS3::test_s3_copy_object_src_not_exists, test_s3_copy_object_wrong_format. LocalStack recorded the wrong format with the argument's name as its value.
    [Theory]
    [InlineData("none/a", "404 NoSuchBucket, BucketName=none")]
    [InlineData("lake-bucket/none", "404 NoSuchKey, Key=none")]
    [InlineData("lake-bucket", "400 InvalidArgument, ArgumentName=x-amz-copy-source, ArgumentValue=lake-bucket")]
    [InlineData("lake-bucket/", "400 InvalidArgument, ArgumentName=x-amz-copy-source, ArgumentValue=lake-bucket/")]
    [InlineData("lake-bucket/secret", "403 AccessDenied")]
    public async Task A_source_that_is_not_there_is_refused(string source, string error)
    {
        Error(await AskAsync("PUT", "b", "", ("x-amz-copy-source", source))).Should().Be(error);
        (await Endpoint.Objects.ExistsAsync("b")).Should().BeFalse();
    }

    [Fact]
    public async Task An_unknown_directive_is_refused() =>
        Error(await AskAsync("PUT", "b", "", ("x-amz-copy-source", "/lake-bucket/a"), ("x-amz-metadata-directive", "MERGE"))).Should().Be("400 InvalidArgument, ArgumentName=x-amz-metadata-directive, ArgumentValue=MERGE");

    private async Task<string> HeadAsync(string key)
    {
        var headers = (await AskAsync("HEAD", key)).Headers;
        return string.Join(' ', Shown.Select(name => headers.GetValueOrDefault(name, "")));
    }
}
