namespace DataToEvents.Emulator.Tests.Http.S3;

/// <summary>Requests that S3 supports and this endpoint does not: each is refused by name and changes no object.</summary>
public sealed class S3RefusalTests : S3TestBase
{
    private const string NotImplemented = "A header or query parameter you provided implies functionality that is not implemented: ";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Endpoint.Objects.PutAsync("a", "first"u8.ToArray());
    }

    [Theory]
    [InlineData("PUT", "a", "x-amz-tagging", "k=v")]
    [InlineData("PUT", "a", "x-amz-acl", "public-read")]
    [InlineData("PUT", "a", "x-amz-storage-class", "GLACIER")]
    [InlineData("PUT", "a", "x-amz-server-side-encryption", "aws:kms")]
    [InlineData("PUT", "a", "x-amz-checksum-sha512", "AA==")]
    [InlineData("PUT", "a", "x-amz-trailer", "x-amz-checksum-sha512")]
    [InlineData("PUT", "a", "x-amz-write-offset-bytes", "5")]
    [InlineData("PUT", "a", "x-amz-expected-bucket-owner", "000000000001")]
    [InlineData("PUT", "a", "x-amz-meta-", "é", "x-amz-meta- with a character that is not ASCII")]
    [InlineData("PUT", "b", "x-amz-copy-source", "/lake-bucket/a?versionId=v", "x-amz-copy-source?versionId")]
    [InlineData("PUT", "a?partNumber=1&uploadId=u", "Content-Encoding", "gzip")]
    [InlineData("POST", "a?uploads", "x-amz-tagging", "k=v")]
    [InlineData("POST", "a?uploads", "x-amz-server-side-encryption", "AES256")]
    [InlineData("GET", "a", "If-Range", "x")]
    [InlineData("GET", "a", "x-amz-server-side-encryption-customer-key", "AA==")]
    [InlineData("DELETE", "a", "x-amz-mfa", "1 2")]
    [InlineData("GET", "", "x-amz-optional-object-attributes", "RestoreStatus")]
    public async Task An_unsupported_header_is_refused_by_its_name(string method, string key, string header, string value, string? named = null)
    {
        var answer = await AskAsync(method, key, (header, value));

        Told(answer).Should().Be($"501 NotImplemented: {NotImplemented}{named ?? header}");
        await NothingChangedAsync();
    }

    [Theory]
    [InlineData("PUT", "a?tagging", "tagging")]
    [InlineData("PUT", "a?acl", "acl")]
    [InlineData("PUT", "a?retention", "retention")]
    [InlineData("PUT", "a?partNumber=1&uploadId=u&tagging", "tagging")]
    [InlineData("PUT", "a?x-id=CopyObject", "x-id")]
    [InlineData("PUT", "a?x-amz-checksum-crc32=AAAAAA==", "x-amz-checksum-crc32")]
    [InlineData("DELETE", "a?tagging", "tagging")]
    [InlineData("DELETE", "a?versionId=null", "versionId")]
    [InlineData("GET", "a?tagging", "tagging")]
    [InlineData("GET", "a?acl", "acl")]
    [InlineData("GET", "?versions", "versions")]
    [InlineData("GET", "?list-type=1", "list-type")]
    [InlineData("GET", "?list-type=2&prefix=a&prefix=b", "prefix")]
    [InlineData("GET", "?unheard-of", "unheard-of")]
    public async Task An_unsupported_query_parameter_is_refused_by_its_name(string method, string target, string parameter)
    {
        var answer = await AskAsync(method, target);

        Told(answer).Should().Be($"501 NotImplemented: {NotImplemented}{parameter}");
        await NothingChangedAsync();
    }

    [Theory]
    [InlineData("a?select&select-type=2")]
    public async Task An_operation_by_POST_is_refused_in_the_protocol_of_S3(string target)
    {
        Told(await AskAsync("POST", target)).Should().Be("501 NotImplemented: A header or operation you provided implies functionality that is not implemented.");
        await NothingChangedAsync();
    }

    [Fact]
    public async Task Headers_that_clients_always_send_are_accepted()
    {
        var put = await AskAsync("PUT", "b?x-id=PutObject", ("x-amz-date", "20260101T000000Z"), ("x-amz-user-agent", "sdk"), ("x-amz-security-token", "t"), ("x-amz-storage-class", "STANDARD"), ("x-amz-sdk-checksum-algorithm", "CRC32"));
        var got = await AskAsync("GET", "b?x-id=GetObject", ("x-amz-checksum-mode", "ENABLED"), ("x-amzn-trace-id", "t"), ("Cache-Control", "no-cache"));
        var now = DateTimeOffset.UtcNow;
        var presigned = await AskAsync("GET", $"b?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=c&X-Amz-Date={now:yyyyMMdd'T'HHmmss'Z'}&X-Amz-Expires=3600&X-Amz-SignedHeaders=host&X-Amz-Signature=s&X-Amz-Security-Token=t");
        var presignedOfOld = await AskAsync("GET", $"b?AWSAccessKeyId=k&Signature=s&Expires={now.ToUnixTimeSeconds() + 3600}");
        var listed = await AskAsync("GET", "?list-type=2&prefix=&encoding-type=url&fetch-owner=false");

        new[] { put, got, presigned, presignedOfOld, listed }.Select(answer => answer.Status).Should().AllBeEquivalentTo(200);
        new[] { got, presigned, presignedOfOld }.Select(answer => answer.Body).Should().AllBeEquivalentTo("content");
    }

    [Theory]
    [InlineData("x-amz-checksum-crc32", "y/Q5Jg==", "CRC32")]
    [InlineData("x-amz-checksum-crc32c", "4waSgw==", "CRC32C")]
    [InlineData("x-amz-checksum-crc64nvme", "rosUhgp5mIg=", "CRC64NVME")]
    [InlineData("x-amz-checksum-sha1", "98O8HYCOBHMq32eZZczDTKeuNEE=", "SHA1")]
    [InlineData("x-amz-checksum-sha256", "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=", "SHA256")]
    public async Task A_checksum_is_compared_before_the_object_is_stored(string header, string checksum, string name)
    {
        var refusal = $"400 BadDigest: The {name} you specified did not match the calculated checksum.";

        Told(await PutDigitsAsync("a", "123456780", (header, checksum))).Should().Be(refusal);
        Told(await PutDigitsAsync("a", "123456789", (header, "no base64"))).Should().Be($"400 InvalidRequest: Value for {header} header is invalid.");
        Told(await PutChunkAsync("a", "123456780", $"{header}:{checksum}", ("x-amz-trailer", header))).Should().Be(refusal);
        Told(await PutChunkAsync("a", "123456780", $"{header}:{checksum}")).Should().Be(refusal, "it is compared even if it was not announced");
        Told(await PutChunkAsync("a", "123456789", "x-amz-trailer-signature:s", ("x-amz-trailer", header))).Should().Be(
            "400 MalformedTrailerError: The request contained trailing data that was not well-formed or did not conform to our published schema.");
        await NothingChangedAsync();

        (await PutDigitsAsync("b", "123456789", (header, checksum))).Status.Should().Be(200);
        (await PutChunkAsync("c", "123456789", $"{header}:{checksum}\n\r\nx-amz-trailer-signature:s", ("x-amz-trailer", header))).Status.Should().Be(200);
        foreach (var key in new[] { "b", "c" })
        {
            Encoding.UTF8.GetString((await Endpoint.Objects.GetAsync(key))!).Should().Be("123456789");
        }
    }

    [Theory]
    [InlineData("Content-MD5", "nonsense", "InvalidDigest: The Content-MD5 you specified was invalid.")]
    [InlineData("Content-MD5", "ICy5YqxZB1uWSwcVLSNLcA==", "BadDigest: The Content-MD5 you specified did not match what we received.")]
    [InlineData("x-amz-content-sha256", "a665a45920422f9d417e4867efdc4fb8a04a1f3fff1fa07e998e86f7f7a27ae3", "XAmzContentSHA256Mismatch: The provided 'x-amz-content-sha256' header does not match what was computed.")]
    [InlineData("x-amz-content-sha256", "nonsense", "XAmzContentSHA256Mismatch: The provided 'x-amz-content-sha256' header does not match what was computed.")]
    [InlineData("x-amz-decoded-content-length", "4", "IncompleteBody: You did not provide the number of bytes specified by the x-amz-decoded-content-length HTTP header.")]
    public async Task A_wrong_length_or_digest_of_the_body_is_refused(string header, string value, string refusal)
    {
        Told(await AskAsync("PUT", "a", (header, value))).Replace("&apos;", "'", StringComparison.Ordinal).Should().Be($"400 {refusal}");
        await NothingChangedAsync();
    }

    [Theory]
    [InlineData("Content-MD5", "mgNkuembtIDdJeHwKEyFVQ==")]
    [InlineData("x-amz-content-sha256", "ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73")]
    [InlineData("x-amz-content-sha256", "UNSIGNED-PAYLOAD")]
    [InlineData("x-amz-decoded-content-length", "7")]
    public async Task A_correct_length_or_digest_of_the_body_is_accepted(string header, string value) => (await AskAsync("PUT", "b", (header, value))).Status.Should().Be(200);

    [Fact]
    public async Task A_content_encoding_of_aws_chunked_marks_a_chunked_body()
    {
        (await AskAsync("PUT", "b", "3\r\nabc\r\n0\r\n\r\n", ("Content-Encoding", "aws-chunked"))).Status.Should().Be(200);

        Encoding.UTF8.GetString((await Endpoint.Objects.GetAsync("b"))!).Should().Be("abc");
    }

    private async Task NothingChangedAsync()
    {
        (await Endpoint.Objects.ListAsync()).Should().Equal("a");
        Encoding.UTF8.GetString((await Endpoint.Objects.GetAsync("a"))!).Should().Be("first");
    }

    private Task<EndpointResponse> PutDigitsAsync(string key, string content, (string Name, string Value) header) => AskAsync("PUT", key, content, header);

    private Task<EndpointResponse> PutChunkAsync(string key, string content, string trailer, params (string Name, string Value)[] headers) => AskAsync(
        "PUT", key, $"{content.Length:x}\r\n{content}\r\n0\r\n{trailer}\r\n\r\n", [("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"), ("Content-Encoding", "aws-chunked"), .. headers]);
}
