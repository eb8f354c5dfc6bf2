namespace DataToEvents.Emulator.Tests.Http.S3;

/// <summary>Parts of an object that was uploaded in parts, and GetObjectAttributes. Sources are scenarios that LocalStack recorded on AWS.</summary>
public sealed class S3PartReadTests : S3TestBase
{
    private const int FirstPart = (5 * 1024 * 1024) + 16;

    private static readonly byte[] SecondPart = "test content 123"u8.ToArray();

    // s3: TestS3::test_get_object_part.
    [Fact]
    public async Task A_part_is_read_by_its_number()
    {
        await UploadAsync("b", [new byte[FirstPart], SecondPart]);

        foreach (var method in new[] { "GET", "HEAD" })
        {
            var answer = await AskAsync(method, "b?partNumber=2", ("x-amz-checksum-mode", "ENABLED"));
            (answer.Status, answer.Headers["Content-Range"], answer.Headers["Content-Length"], answer.Headers["x-amz-mp-parts-count"]).Should().Be((206, "bytes 5242896-5242911/5242912", "16", "2"));
            answer.Headers.Keys.Should().NotContain(name => name.StartsWith("x-amz-checksum-", StringComparison.OrdinalIgnoreCase), "the parts were put without a checksum");
        }

        (await AskAsync("GET", "b?partNumber=2")).Body.Should().Be("test content 123");
        Error(await AskAsync("GET", "b?partNumber=10")).Should().Be("416 InvalidPartNumber, ActualPartCount=2, PartNumberRequested=10");
        Error(await AskAsync("GET", "b?partNumber=2", ("Range", "bytes=0-8"))).Should().Be("400 InvalidRequest");
        Error(await AskAsync("GET", "b?partNumber=0")).Should().Be("400 InvalidArgument, ArgumentName=partNumber, ArgumentValue=0");
    }

    // s3: TestS3::test_get_object_part.
    [Fact]
    public async Task An_object_that_was_put_at_once_is_its_first_part()
    {
        await AskAsync("PUT", "a", "test-123");

        var first = await AskAsync("GET", "a?partNumber=1");

        (first.Status, first.Body, first.Headers["Content-Range"]).Should().Be((206, "test-123", "bytes 0-7/8"));
        first.Headers.Should().NotContainKey("x-amz-mp-parts-count");
        Error(await AskAsync("GET", "a?partNumber=2")).Should().Be("416 InvalidPartNumber, ActualPartCount=1, PartNumberRequested=2");
    }

    // s3: TestS3::test_get_object_part_checksum.
    [Theory]
    [InlineData("COMPOSITE")]
    [InlineData("FULL_OBJECT")]
    public async Task A_part_that_was_put_with_a_checksum_is_read_with_it(string type)
    {
        await UploadAsync("b", [SecondPart], ("x-amz-checksum-algorithm", "CRC32C"), ("x-amz-checksum-type", type));

        var part = await AskAsync("GET", "b?partNumber=1", ("x-amz-checksum-mode", "ENABLED"));

        (part.Status, part.Headers["Content-Range"], part.Headers["x-amz-mp-parts-count"]).Should().Be((206, "bytes 0-15/16", "1"));
        (part.Headers["x-amz-checksum-crc32c"], part.Headers["x-amz-checksum-type"]).Should().Be(("fwuu0Q==", type));
    }

    // s3: TestS3::test_get_object_attributes, test_get_object_attributes_with_space, test_put_object_storage_class[STANDARD].
    [Fact]
    public async Task Attributes_are_told_as_far_as_they_are_asked_for()
    {
        await AskAsync("PUT", "a", "12345 789", ("x-amz-checksum-sha256", Convert.ToBase64String(SHA256.HashData("12345 789"u8))));
        var checksum = $"Checksum(ChecksumSHA256={Convert.ToBase64String(SHA256.HashData("12345 789"u8))}, ChecksumType=FULL_OBJECT)";
        await UploadAsync("b", [new byte[FirstPart], SecondPart]);

        var all = await AttributesAsync("a", "ETag, Checksum, ObjectParts,StorageClass, ObjectSize");
        Members(all).Should().StartWith("200 ETag=").And.EndWith($"{checksum}, ObjectSize=9");
        Member(all, "StorageClass").Should().Be("STANDARD");
        all.Headers.Should().ContainKey("Last-Modified");
        Members(await AttributesAsync("a", "ObjectSize")).Should().Be("200 ObjectSize=9");
        Members(await AttributesAsync("b", "ObjectSize,ObjectParts")).Should().Be("200 ObjectParts(PartsCount=2), ObjectSize=5242912");
        Error(await AttributesAsync("none", "ETag")).Should().Be("404 NoSuchKey, Key=none");
        Error(await AttributesAsync("a", "Size")).Should().Be("400 InvalidArgument, ArgumentName=x-amz-object-attributes, ArgumentValue=Size");
        Error(await AskAsync("GET", "a?attributes")).Should().Be("400 InvalidRequest");
    }

    // s3_list_operations: TestS3ListParts::test_list_parts_via_object_attrs_pagination.
    [Theory]
    [InlineData("0", null, "PartNumberMarker=0, NextPartNumberMarker=2, MaxParts=1000, IsTruncated=false, Part(PartNumber=1, Size=5242896, {0}), Part(PartNumber=2, Size=16, {1})")]
    [InlineData("0", "1", "PartNumberMarker=0, NextPartNumberMarker=1, MaxParts=1, IsTruncated=true, Part(PartNumber=1, Size=5242896, {0})")]
    [InlineData("1", "1", "PartNumberMarker=1, NextPartNumberMarker=2, MaxParts=1, IsTruncated=false, Part(PartNumber=2, Size=16, {1})")]
    [InlineData("10", "1", "PartNumberMarker=10, NextPartNumberMarker=0, MaxParts=1, IsTruncated=false")]
    public async Task Parts_with_checksums_are_told_in_pages(string marker, string? most, string page)
    {
        await UploadAsync("b", [new byte[FirstPart], SecondPart], ("x-amz-checksum-algorithm", "SHA256"));
        (string, string)[] limit = most is null ? [] : [("x-amz-max-parts", most)];

        var parts = await AttributesAsync("b", "ObjectParts", [("x-amz-part-number-marker", marker), .. limit]);

        string Sum(byte[] part) => $"ChecksumSHA256={Convert.ToBase64String(SHA256.HashData(part))}";
        Members(parts).Should().Be($"200 ObjectParts(PartsCount=2, {string.Format(CultureInfo.InvariantCulture, page, Sum(new byte[FirstPart]), Sum(SecondPart))})");
    }

    private Task<EndpointResponse> AttributesAsync(string key, string attributes, params (string Name, string Value)[] headers) =>
        AskAsync("GET", $"{key}?attributes", [("x-amz-object-attributes", attributes), .. headers]);

    private async Task UploadAsync(string key, byte[][] parts, params (string Name, string Value)[] headers)
    {
        var id = Member(await AskAsync("POST", $"{key}?uploads", "", headers), "UploadId");
        var listed = new StringBuilder();
        for (var number = 1; number <= parts.Length; number++)
        {
            var part = await AskAsync("PUT", $"{key}?partNumber={number}&uploadId={id}", parts[number - 1]);
            var checksum = part.Headers.FirstOrDefault(static header => header.Key.StartsWith("x-amz-checksum-", StringComparison.OrdinalIgnoreCase));
            var element = checksum.Key is { } name ? $"<Checksum{name[15..].ToUpperInvariant()}>{checksum.Value}</Checksum{name[15..].ToUpperInvariant()}>" : "";
            listed.Append(CultureInfo.InvariantCulture, $"<Part><PartNumber>{number}</PartNumber><ETag>{part.Headers["ETag"]}</ETag>{element}</Part>");
        }

        (await AskAsync("POST", $"{key}?uploadId={id}", $"<CompleteMultipartUpload>{listed}</CompleteMultipartUpload>")).Status.Should().Be(200);
    }
}
