namespace DataToEvents.Emulator.Tests.Http.S3;

/// <summary>Reads of a part of an object, under conditions, and what was kept with it. Sources are scenarios that LocalStack recorded on AWS.</summary>
public sealed class S3ReadTests : S3TestBase
{
    private const string Tag = "\"781e5e245d69b566979b86e28d23f2c7\"";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Endpoint.Objects.PutAsync("a", "0123456789"u8.ToArray());
    }

    // s3_api: TestS3ObjectCRUD::test_get_object_range; s3: TestS3::test_range_header_body_length.
    [Theory]
    [InlineData("bytes=0-8", "bytes 0-8/10", "012345678")]
    [InlineData("bytes=1-1", "bytes 1-1/10", "1")]
    [InlineData("bytes=0-0", "bytes 0-0/10", "0")]
    [InlineData("bytes=1-", "bytes 1-9/10", "123456789")]
    [InlineData("bytes=-2", "bytes 8-9/10", "89")]
    [InlineData("bytes=-9", "bytes 1-9/10", "123456789")]
    [InlineData("bytes=-15", "bytes 0-9/10", "0123456789")]
    [InlineData("bytes=0-100", "bytes 0-9/10", "0123456789")]
    [InlineData("bytes=9-99999999999999999999", "bytes 9-9/10", "9")]
    [InlineData("bytes=1-0", null, "0123456789")]
    [InlineData("bytes=-1-", null, "0123456789")]
    [InlineData("bytes=0--1", null, "0123456789")]
    [InlineData("bytes=0-1,3-4,7-9", null, "0123456789")]
    [InlineData("0-8", null, "0123456789")]
    [InlineData("bytes=-", null, "0123456789")]
    public async Task A_range_is_returned_as_a_part_and_a_text_that_is_no_single_range_as_the_whole(string range, string? part, string content)
    {
        var got = await AskAsync("GET", "a", ("Range", range));
        var head = await AskAsync("HEAD", "a", ("Range", range));

        (got.Body, head.Body).Should().Be((content, ""));
        foreach (var answer in new[] { got, head })
        {
            (answer.Status, answer.Headers.GetValueOrDefault("Content-Range"), answer.Headers["Content-Length"], answer.Headers["Accept-Ranges"], answer.Headers["ETag"]).Should().Be(
                (part is null ? 200 : 206, part, $"{content.Length}", "bytes", Tag));
        }
    }

    // s3_api: TestS3ObjectCRUD::test_get_object_range; s3: TestS3::test_invalid_range_error, test_range_key_not_exists.
    [Theory]
    [InlineData("a", "bytes=-0", "416 InvalidRange, ActualObjectSize=10, RangeRequested=bytes=-0")]
    [InlineData("a", "bytes=100-200", "416 InvalidRange, ActualObjectSize=10, RangeRequested=bytes=100-200")]
    [InlineData("a", "bytes=10-", "416 InvalidRange, ActualObjectSize=10, RangeRequested=bytes=10-")]
    [InlineData("none", "bytes=0-1", "404 NoSuchKey, Key=none")]
    public async Task A_range_that_the_object_does_not_have_is_refused(string key, string range, string error) => Error(await AskAsync("GET", key, ("Range", range))).Should().Be(error);

    [Fact]
    public async Task An_empty_object_has_no_range()
    {
        await Endpoint.Objects.PutAsync("empty", ReadOnlyMemory<byte>.Empty);

        (await AskAsync("GET", "empty", ("Range", "bytes=-5"))).Status.Should().Be(416);
        (await AskAsync("GET", "empty")).Headers["Content-Length"].Should().Be("0");
    }

    // s3: TestS3::test_s3_get_object_preconditions, test_precondition_failed_error. The object is of 1970.
    [Theory]
    [InlineData("If-Match", "\"none\"", "412 PreconditionFailed, Condition=If-Match")]
    [InlineData("If-Unmodified-Since", "Wed, 31 Dec 1969 23:59:59 GMT", "412 PreconditionFailed, Condition=If-Unmodified-Since")]
    [InlineData("If-None-Match", Tag, "304")]
    [InlineData("If-None-Match", "781e5e245d69b566979b86e28d23f2c7", "304")]
    [InlineData("If-None-Match", "\"x\", W/" + Tag, "304")]
    [InlineData("If-None-Match", "*", "304")]
    [InlineData("If-Modified-Since", "Thu, 01 Jan 1970 00:00:00 GMT", "304")]
    [InlineData("If-Modified-Since", "Thu, 01 Jan 2026 00:00:00 GMT", "304")]
    [InlineData("If-Modified-Since", "Thu, 01 Jan 2099 00:00:00 GMT", "200")]
    [InlineData("If-Modified-Since", "Wed, 31 Dec 1969 23:59:59 GMT", "200")]
    [InlineData("If-Unmodified-Since", "Thu, 01 Jan 1970 00:00:00 GMT", "200")]
    [InlineData("If-Match", Tag, "200")]
    [InlineData("If-Match", "*", "200")]
    [InlineData("If-None-Match", "\"none\"", "200")]
    [InlineData("If-Modified-Since", "yesterday", "400 InvalidArgument, ArgumentName=If-Modified-Since, ArgumentValue=yesterday")]
    public async Task A_read_takes_place_if_its_condition_holds(string header, string value, string told)
    {
        var got = await AskAsync("GET", "a", (header, value));
        var head = await AskAsync("HEAD", "a", (header, value));

        (got.Body.StartsWith('<') ? Error(got) : $"{got.Status}").Should().Be(told);
        (head.Status, head.Body).Should().Be((got.Status, ""));
        if (got.Status == 304)
        {
            (got.Body, got.Headers["ETag"], head.Headers["Last-Modified"]).Should().Be(("", Tag, "Thu, 01 Jan 1970 00:00:00 GMT"));
        }
    }

    // RFC 9110, section 13.2.2; "GetObject" in the Amazon S3 API Reference has both cases of 200 and 304.
    [Theory]
    [InlineData("If-Match", Tag, "If-Unmodified-Since", "Wed, 31 Dec 1969 23:59:59 GMT", 200)]
    [InlineData("If-None-Match", Tag, "If-Modified-Since", "Wed, 31 Dec 1969 23:59:59 GMT", 304)]
    [InlineData("If-None-Match", "\"none\"", "If-Modified-Since", "Thu, 01 Jan 1970 00:00:00 GMT", 200)]
    [InlineData("If-Match", "\"none\"", "If-None-Match", Tag, 412)]
    [InlineData("If-Unmodified-Since", "Wed, 31 Dec 1969 23:59:59 GMT", "If-None-Match", Tag, 412)]
    public async Task Tags_go_before_dates_and_a_failed_condition_before_a_known_object(string first, string value, string second, string other, int status) =>
        (await AskAsync("GET", "a", (second, other), (first, value))).Status.Should().Be(status);

    // s3: TestS3::test_put_and_get_object_with_content_language_disposition, test_s3_upload_download_gzip, test_s3_object_expires, test_metadata_header_character_decoding.
    [Fact]
    public async Task Headers_that_are_put_with_an_object_are_returned_with_it()
    {
        (string Name, string Value)[] kept =
        [
            ("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-cache"), ("Content-Disposition", "attachment; filename=\"foo.jpg\""), ("Content-Encoding", "gzip"),
            ("Content-Language", "de"), ("Expires", "Thu, 01 Jan 2026 00:00:00 GMT"), ("x-amz-meta-test_meta_1", "foo"), ("x-amz-meta-__meta_2", "bar: baz"),
        ];
        await AskAsync("PUT", "b", kept);
        await AskAsync("PUT", "c", "3\r\nabc\r\n0\r\n\r\n", ("Content-Encoding", "gzip, aws-chunked"), ("x-amz-meta-Upper", ""));

        foreach (var answer in new[] { await AskAsync("GET", "b"), await AskAsync("HEAD", "b") })
        {
            kept.Select(header => (header.Name, answer.Headers[header.Name])).Should().Equal(kept);
            (answer.Status, answer.Headers["Content-Security-Policy"]).Should().Be((200, "sandbox; frame-ancestors 'none'"));
        }

        var chunked = await AskAsync("GET", "c");
        (chunked.Body, chunked.Headers["Content-Encoding"], chunked.Headers["x-amz-meta-upper"], chunked.Headers["Content-Type"]).Should().Be(("abc", "gzip", "", "binary/octet-stream"));
        await AskAsync("PUT", "b");
        (await AskAsync("GET", "b")).Headers.Should().NotContainKeys("Cache-Control", "x-amz-meta-test_meta_1");
    }

    // s3: TestS3::test_s3_get_object_header_overrides.
    [Fact]
    public async Task A_request_may_choose_headers_of_its_response()
    {
        (string Parameter, string Header, string Value)[] chosen =
        [
            ("cache-control", "Cache-Control", "max-age=74"), ("content-disposition", "Content-Disposition", "attachment; filename=\"foo.jpg\""), ("content-encoding", "Content-Encoding", "identity"),
            ("content-language", "Content-Language", "de-DE"), ("content-type", "Content-Type", "image/jpeg"), ("expires", "Expires", "Wed, 21 Oct 2015 07:28:00 GMT"),
        ];
        await AskAsync("PUT", "b", ("Content-Type", "text/plain"), ("Cache-Control", "no-cache"), ("x-amz-meta-k", "v"));
        var query = string.Join('&', chosen.Select(header => $"response-{header.Parameter}={Uri.EscapeDataString(header.Value)}"));

        foreach (var answer in new[] { await AskAsync("GET", $"b?{query}"), await AskAsync("HEAD", $"b?{query}") })
        {
            chosen.Select(header => (header.Parameter, header.Header, answer.Headers[header.Header])).Should().Equal(chosen);
            answer.Headers["x-amz-meta-k"].Should().Be("v");
        }

        (await AskAsync("GET", "b")).Headers["Content-Type"].Should().Be("text/plain", "the object keeps its own");
    }

    // s3: TestS3PresignedUrl::test_get_response_overrides_unicode_metadata_with_sig_s3.
    [Theory]
    [InlineData("non-ascii-\u2014", "400 InvalidArgument, ArgumentName=response-cache-control, ArgumentValue=non-ascii-\u2014")]
    [InlineData("two\r\nlines", "400 InvalidArgument, ArgumentName=response-cache-control, ArgumentValue=two\r\nlines")]
    [InlineData("\u00e9", "501 NotImplemented")]
    public async Task A_value_that_no_header_can_have_is_refused(string value, string error)
    {
        var answer = await AskAsync("GET", $"a?response-content-type=text/html&response-cache-control={Uri.EscapeDataString(value)}");

        Error(answer).Should().Be(error);
        answer.Headers["Content-Type"].Should().Be("application/xml");
    }

    // s3_api: TestS3ObjectCRUD::test_get_object_with_version_unversioned_bucket.
    [Fact]
    public async Task An_object_has_the_version_null_and_no_other()
    {
        (await AskAsync("GET", "a?versionId=null")).Body.Should().Be("0123456789");
        Error(await AskAsync("GET", "a?versionId=HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD")).Should().Be("400 InvalidArgument, ArgumentName=versionId, ArgumentValue=HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD");
    }

    [Theory]
    [InlineData(2044, "200")]
    [InlineData(2045, "400 MetadataTooLarge")]
    public async Task User_metadata_has_two_kilobytes_at_most(int bytes, string told)
    {
        var put = await AskAsync("PUT", "b", ("x-amz-meta-abcd", new string('x', bytes)));

        (put.Body.Length == 0 ? $"{put.Status}" : Error(put)).Should().Be(told);
    }

    // s3: TestS3PutObjectChecksum::test_s3_get_object_checksum, test_put_object_checksum, test_s3_checksum_no_automatic_sdk_calculation.
    [Theory]
    [InlineData("x-amz-checksum-crc32", "lVk/nw==")]
    [InlineData("x-amz-checksum-crc32c", "Fz3epA==")]
    [InlineData("x-amz-sdk-checksum-algorithm", "CRC32")]
    public async Task A_checksum_is_returned_to_those_who_ask(string header, string value)
    {
        var put = await AskAsync("PUT", "b", "test-checksum", (header, value));
        var expected = header.StartsWith("x-amz-checksum", StringComparison.Ordinal) ? (header, value) : ("x-amz-checksum-crc64nvme", put.Headers["x-amz-checksum-crc64nvme"]);
        var asked = await AskAsync("GET", "b", ("x-amz-checksum-mode", "ENABLED"));

        foreach (var answer in new[] { put, asked, await AskAsync("HEAD", "b", ("x-amz-checksum-mode", "ENABLED")), await AskAsync("GET", "b", ("x-amz-checksum-mode", "ENABLED"), ("Range", "bytes=0-100")) })
        {
            (answer.Headers[expected.Item1], answer.Headers["x-amz-checksum-type"]).Should().Be((expected.Item2, "FULL_OBJECT"));
        }

        (await AskAsync("GET", "b")).Headers.Should().NotContainKey(expected.Item1);
        (await AskAsync("GET", "b", ("x-amz-checksum-mode", "ENABLED"), ("Range", "bytes=0-5"))).Headers.Should().NotContainKey(expected.Item1);
    }
}
