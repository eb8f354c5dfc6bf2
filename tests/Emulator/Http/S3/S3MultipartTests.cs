using DataToEvents.Emulator.Http;

namespace DataToEvents.Emulator.Tests.Http.S3;

/// <summary>Uploads in parts. Sources are scenarios that LocalStack recorded on AWS.</summary>
public sealed class S3MultipartTests : S3TestBase, ICallPolicy
{
    private const string TagOfTest = "8d777f385d3dfec8815d20f7496026dc";
    private const int MinPart = 5 * 1024 * 1024;

    private readonly HashSet<string> _calls = [];

    protected override ICallPolicy Policy => this;

    string? ICallPolicy.Refusal(AwsCall call)
    {
        _calls.Add($"{call.Operation} {call.Key}");
        return null;
    }

    // s3: TestS3::test_multipart_and_list_parts, test_upload_file_multipart.
    [Fact]
    public async Task Parts_become_one_object_with_a_tag_of_their_tags()
    {
        var created = await AskAsync("POST", "b?uploads", "", ("Content-Type", "text/plain"), ("x-amz-meta-k", "v"));
        var id = Member(created, "UploadId");
        var first = await PutPartAsync("b", id, 1, new byte[MinPart]);
        var second = await PutPartAsync("b", id, 3, "data"u8.ToArray());
        var again = await PutPartAsync("b", id, 3, "data"u8.ToArray());
        var listed = await AskAsync("GET", $"b?uploadId={id}");
        var uploads = await AskAsync("GET", "?uploads");
        (await Endpoint.Objects.ListAsync()).Should().BeEmpty();
        var done = await CompleteAsync("b", id, [(1, first), (3, again)]);
        var got = await AskAsync("HEAD", "b");

        Members(created).Should().Be($"200 Bucket=lake-bucket, Key=b, UploadId={id}");
        (first.Headers["ETag"], second.Headers["ETag"]).Should().Be(("\"5f363e0e58a95f06cbe9bbc662c5dfb6\"", $"\"{TagOfTest}\""));
        Members(listed).Should().Be(
            $"200 Bucket=lake-bucket, Key=b, UploadId={id}, PartNumberMarker=0, NextPartNumberMarker=3, MaxParts=1000, IsTruncated=false, "
            + $"Part(PartNumber=1, ETag={first.Headers["ETag"]}, Size={MinPart}), Part(PartNumber=3, ETag=\"{TagOfTest}\", Size=4)");
        Members(uploads).Should().Be(
            $"200 Bucket=lake-bucket, KeyMarker=, UploadIdMarker=, NextKeyMarker=b, NextUploadIdMarker={id}, MaxUploads=1000, IsTruncated=false, Upload(UploadId={id}, Key=b)");
        var tag = $"\"{Emulator.Objects.ObjectContent.Md5(Convert.FromHexString("5f363e0e58a95f06cbe9bbc662c5dfb6" + TagOfTest))}-2\"";
        Members(done).Should().StartWith($"200 Location={Endpoint.Url}/lake-bucket/b, Bucket=lake-bucket, Key=b, ETag={tag}, ChecksumCRC64NVME=").And.EndWith(", ChecksumType=FULL_OBJECT");
        (got.Headers["ETag"], got.Headers["Content-Length"], got.Headers["Content-Type"], got.Headers["x-amz-meta-k"]).Should().Be((tag, $"{MinPart + 4}", "text/plain", "v"));
        Error(await AskAsync("GET", $"b?uploadId={id}")).Should().Be($"404 NoSuchUpload, UploadId={id}");
        _calls.Should().BeEquivalentTo("PutObject b", "ListObjectsV2 ", "HeadObject b");
        // s3: TestS3::test_multipart_copy_object_etag.
        Member(await AskAsync("PUT", "c", "", ("x-amz-copy-source", "lake-bucket/b")), "ETag").Should().MatchRegex("^\"[0-9a-f]{32}\"$");
    }

    // s3: TestS3::test_complete_multipart_parts_order, test_multipart_complete_multipart_too_small, test_multipart_complete_multipart_wrong_part.
    [Fact]
    public async Task Parts_that_do_not_make_an_object_are_refused_and_kept()
    {
        var id = await CreateAsync("b");
        var part = await PutPartAsync("b", id, 1, "data"u8.ToArray());
        await PutPartAsync("b", id, 2, "data"u8.ToArray());

        Error(await CompleteAsync("b", id, [(2, part), (1, part)])).Should().Be($"400 InvalidPartOrder, UploadId={id}");
        Error(await CompleteAsync("b", id, [(1, part), (1, part)])).Should().Be($"400 InvalidPartOrder, UploadId={id}");
        Error(await CompleteAsync("b", id, [(1, part), (2, part)])).Should().Be($"400 EntityTooSmall, ETag={TagOfTest}, MinSizeAllowed=5242880, PartNumber=1, ProposedSize=4");
        Error(await CompleteAsync("b", id, [(3, part)])).Should().Be($"400 InvalidPart, ETag={TagOfTest}, PartNumber=3, UploadId={id}");
        Error(await CompleteAsync("b", id, "<Part><PartNumber>1</PartNumber><ETag>other</ETag></Part>")).Should().Be($"400 InvalidPart, ETag=other, PartNumber=1, UploadId={id}");
        Error(await CompleteAsync("b", id, "")).Should().Be("400 InvalidRequest");
        Error(await CompleteAsync("b", id, "<Part><PartNumber>x</PartNumber></Part>")).Should().Be("400 MalformedXML");
        // s3: TestS3MultipartUploadChecksum::test_multipart_size_validation.
        Error(await CompleteAsync("b", id, [(1, part)], ("x-amz-mp-object-size", "5"))).Should().Be("400 InvalidRequest");
        (await Endpoint.Objects.ListAsync()).Should().BeEmpty();
        (await CompleteAsync("b", id, [(2, part)], ("x-amz-mp-object-size", "4"))).Status.Should().Be(200);
        (await StoredAsync("b")).Should().Be("data");
    }

    // s3: TestS3::test_multipart_no_such_upload, test_multipart_key_validation, test_complete_multipart_parts_order.
    [Fact]
    public async Task An_upload_of_another_key_or_part_number_is_refused()
    {
        var id = await CreateAsync("b");
        var error = $"404 NoSuchUpload, UploadId={id}";

        Error(await AskAsync("PUT", $"c?partNumber=1&uploadId={id}")).Should().Be(error);
        Error(await AskAsync("GET", $"c?uploadId={id}")).Should().Be(error);
        Error(await AskAsync("DELETE", $"c?uploadId={id}")).Should().Be(error);
        Error(await CompleteAsync("c", id, "<Part><PartNumber>1</PartNumber><ETag>x</ETag></Part>")).Should().Be(error);
        foreach (var number in new[] { "-1", "0", "10001", "x" })
        {
            Error(await AskAsync("PUT", $"b?partNumber={number}&uploadId={id}")).Should().Be($"400 InvalidArgument, ArgumentName=partNumber, ArgumentValue={number}");
        }

        // s3: TestS3::test_s3_invalid_content_md5.
        Error(await AskAsync("PUT", $"b?partNumber=1&uploadId={id}", ("Content-MD5", "000"))).Should().Be("400 InvalidDigest, Content-MD5=000");
        Error(await AskAsync("PUT", $"b?partNumber=1&uploadId={id}", ("Content-MD5", "CYketZBSTjX8czcs3cXVlg=="))).Should().Be("400 BadDigest");
        var aborted = await AskAsync("DELETE", $"b?uploadId={id}");
        (aborted.Status, aborted.Body).Should().Be((204, ""));
        Error(await AskAsync("PUT", $"b?partNumber=1&uploadId={id}")).Should().Be(error);
    }

    // s3_api: TestS3Multipart::test_upload_part_copy_range, test_upload_part_copy_no_copy_source_range.
    [Fact]
    public async Task A_part_may_be_copied_from_a_range_of_an_object()
    {
        await Endpoint.Objects.PutAsync("source", "0123456789"u8.ToArray());
        var id = await CreateAsync("b");
        Task<EndpointResponse> CopyAsync(int number, string? range) => AskAsync(
            "PUT", $"b?partNumber={number}&uploadId={id}", "", range is null ? [("x-amz-copy-source", "lake-bucket/source")] : [("x-amz-copy-source", "lake-bucket/source"), ("x-amz-copy-source-range", range)]);

        Members(await CopyAsync(1, "bytes=0-8")).Should().Be("200 ETag=\"22975d8a5ed1b91445f6c55ac121505b\"");
        Members(await CopyAsync(2, "bytes=1-1")).Should().Be("200 ETag=\"c4ca4238a0b923820dcc509a6f75849b\"");
        Members(await CopyAsync(3, null)).Should().Be("200 ETag=\"781e5e245d69b566979b86e28d23f2c7\"");
        foreach (var range in new[] { "0-8", "bytes=1-0", "bytes=-1-", "bytes=0--1", "bytes=0-1,3-4,7-9", "bytes=-", "bytes=-0", "bytes=1-", "bytes=-2", "bytes=-15", "bytes=0-100" })
        {
            Error(await CopyAsync(4, range)).Should().Be($"400 InvalidArgument, ArgumentName=x-amz-copy-source-range, ArgumentValue={range}");
        }

        Error(await CopyAsync(4, "bytes=100-200")).Should().Be("400 InvalidRequest");
        Members(await AskAsync("GET", $"b?uploadId={id}")).Should().Contain("NextPartNumberMarker=3").And.Contain("Size=9").And.Contain("Size=10");
        _calls.Should().BeEquivalentTo("PutObject b", "GetObject source");
    }

    // s3: TestS3MultipartUploadChecksum::test_multipart_checksum_type_compatibility, test_multipart_parts_checksum_exceptions_composite.
    [Theory]
    [InlineData("CRC32", null, "COMPOSITE")]
    [InlineData("SHA256", null, "COMPOSITE")]
    [InlineData("CRC64NVME", null, "FULL_OBJECT")]
    [InlineData("CRC32", "FULL_OBJECT", "FULL_OBJECT")]
    [InlineData("SHA1", "FULL_OBJECT", null)]
    [InlineData("CRC64NVME", "COMPOSITE", null)]
    [InlineData(null, "COMPOSITE", null)]
    [InlineData("TEST", null, null)]
    public async Task An_upload_has_an_algorithm_and_a_type_that_go_together(string? algorithm, string? type, string? taken)
    {
        (string Name, string? Value)[] headers = [("x-amz-checksum-algorithm", algorithm), ("x-amz-checksum-type", type)];

        var created = await AskAsync("POST", "b?uploads", "", [.. headers.Where(header => header.Value is not null).Select(header => (header.Name, header.Value!))]);

        (taken is null ? Error(created) : created.Headers["x-amz-checksum-type"]).Should().Be(taken ?? "400 InvalidRequest");
    }

    // s3: TestS3MultipartUploadChecksum::test_complete_multipart_parts_checksum_composite, test_multipart_upload_part_copy_checksum (its part and its composite value).
    [Fact]
    public async Task A_composite_checksum_is_that_of_the_checksums_of_the_parts()
    {
        var id = await CreateAsync("b", ("x-amz-checksum-algorithm", "CRC32C"));
        var part = await PutPartAsync("b", id, 1, "this is a part"u8.ToArray());
        part.Headers["x-amz-checksum-crc32c"].Should().Be("iqJrOQ==");
        var tag = part.Headers["ETag"];
        string Listed(string checksum) => $"<Part><PartNumber>1</PartNumber><ETag>{tag}</ETag>{checksum}</Part>";

        Error(await AskAsync("PUT", $"b?partNumber=1&uploadId={id}", "test-checksum", ("x-amz-checksum-crc32", "lVk/nw=="))).Should().Be("400 InvalidRequest");
        Error(await CompleteAsync("b", id, Listed(""))).Should().Be("400 InvalidRequest");
        Error(await CompleteAsync("b", id, Listed("<ChecksumCRC32C>AAAAAA==</ChecksumCRC32C>"))).Should().StartWith("400 InvalidPart");
        Error(await CompleteAsync("b", id, Listed("<ChecksumCRC32C>iqJrOQ==</ChecksumCRC32C>"), ("x-amz-checksum-type", "FULL_OBJECT"))).Should().Be("400 InvalidRequest");
        Error(await CompleteAsync("b", id, Listed("<ChecksumCRC32C>iqJrOQ==</ChecksumCRC32C>"), ("x-amz-checksum-crc32c", "AAAAAA=="))).Should().Be("400 BadDigest");
        Members(await CompleteAsync("b", id, Listed("<ChecksumCRC32C>iqJrOQ==</ChecksumCRC32C>"))).Should().EndWith(", ChecksumCRC32C=F9bAnw==-1, ChecksumType=COMPOSITE");
        (await AskAsync("HEAD", "b", ("x-amz-checksum-mode", "ENABLED"))).Headers["x-amz-checksum-crc32c"].Should().Be("F9bAnw==-1");
        // A copy has one part: test_multipart_upload_part_copy_checksum[FULL_OBJECT].
        Members(await AskAsync("PUT", "c", "", ("x-amz-copy-source", "lake-bucket/b"))).Should().EndWith("ChecksumCRC32C=iqJrOQ==, ChecksumType=FULL_OBJECT");
    }

    // s3_api: TestS3ObjectWritePrecondition::test_multipart_if_none_match_with_delete, test_multipart_if_none_match_with_put.
    [Fact]
    public async Task An_upload_under_the_condition_that_there_is_no_object_fails_if_there_was_one_meanwhile()
    {
        await AskAsync("PUT", "b", "");
        var id = await CreateAsync("b");
        var part = await PutPartAsync("b", id, 1, "test"u8.ToArray());
        Error(await CompleteAsync("b", id, [(1, part)], ("If-None-Match", "*"))).Should().Be("412 PreconditionFailed, Condition=If-None-Match");
        await AskAsync("DELETE", "b");
        Error(await CompleteAsync("b", id, [(1, part)], ("If-None-Match", "*"))).Should().Be("409 ConditionalRequestConflict, Condition=If-None-Match, Key=b");

        var restarted = await CreateAsync("b");
        (await CompleteAsync("b", restarted, [(1, await PutPartAsync("b", restarted, 1, "test"u8.ToArray()))], ("If-None-Match", "*"))).Status.Should().Be(200);
    }

    // s3_api: TestS3ObjectWritePrecondition::test_multipart_if_match_with_put, test_multipart_if_match_with_delete, test_multipart_if_match_etag.
    [Fact]
    public async Task An_upload_under_the_condition_of_a_tag_fails_if_the_object_was_written_meanwhile()
    {
        var before = (await AskAsync("PUT", "b", "test")).Headers["ETag"];
        var id = await CreateAsync("b");
        var part = await PutPartAsync("b", id, 1, "test"u8.ToArray());
        var during = (await AskAsync("PUT", "b", "test2")).Headers["ETag"];

        Error(await CompleteAsync("b", id, [(1, part)], ("If-Match", before))).Should().Be("412 PreconditionFailed, Condition=If-Match");
        Error(await CompleteAsync("b", id, [(1, part)], ("If-Match", during))).Should().Be("409 ConditionalRequestConflict, Condition=If-Match, Key=b");
        await AskAsync("DELETE", "b");
        Error(await CompleteAsync("b", id, [(1, part)], ("If-Match", during))).Should().Be("404 NoSuchKey, Key=b");
        (await CompleteAsync("b", id, [(1, part)])).Status.Should().Be(200);
    }

    // s3_list_operations: TestS3ListParts::test_list_parts_pagination, test_list_parts_empty_part_number_marker.
    [Theory]
    [InlineData("", "PartNumberMarker=0, NextPartNumberMarker=2, MaxParts=1000, IsTruncated=false", 2)]
    [InlineData("&max-parts=1", "PartNumberMarker=0, NextPartNumberMarker=1, MaxParts=1, IsTruncated=true", 1)]
    [InlineData("&max-parts=1&part-number-marker=1", "PartNumberMarker=1, NextPartNumberMarker=2, MaxParts=1, IsTruncated=false", 1)]
    [InlineData("&max-parts=1&part-number-marker=10", "PartNumberMarker=10, NextPartNumberMarker=0, MaxParts=1, IsTruncated=false", 0)]
    [InlineData("&part-number-marker=&max-parts=", "PartNumberMarker=0, NextPartNumberMarker=2, MaxParts=1000, IsTruncated=false", 2)]
    public async Task Parts_are_listed_in_pages(string query, string page, int parts)
    {
        var id = await CreateAsync("b");
        await PutPartAsync("b", id, 2, "data"u8.ToArray());
        await PutPartAsync("b", id, 1, "data"u8.ToArray());

        var listed = await AskAsync("GET", $"b?uploadId={id}{query}");

        Members(listed).Should().Contain(page);
        listed.Body.Split("<Part>").Should().HaveCount(parts + 1);
    }

    // s3_list_operations: TestS3ListMultipartUploads::test_list_multiparts_next_marker.
    [Fact]
    public async Task Uploads_are_listed_by_key_and_then_by_their_beginning()
    {
        var ids = new List<string>();
        foreach (var key in new[] { "k3", "k2", "k1", "k1", "k1" })
        {
            ids.Add(await CreateAsync(key));
        }

        var all = new[] { $"k1 {ids[2]}", $"k1 {ids[3]}", $"k1 {ids[4]}", $"k2 {ids[1]}", $"k3 {ids[0]}" };
        (await UploadsAsync("")).Should().Be($"{string.Join(' ', all)} next= k3 {ids[0]} false");
        (await UploadsAsync("&max-uploads=1")).Should().Be($"{all[0]} next= {all[0]} true");
        (await UploadsAsync("&max-uploads=1&key-marker=k1")).Should().Be($"{all[3]} next= {all[3]} true");
        (await UploadsAsync("&max-uploads=1&key-marker=k3")).Should().Be(" next=   false");
        (await UploadsAsync($"&max-uploads=1&upload-id-marker={ids[3]}")).Should().Be($"{all[0]} next= {all[0]} true");
        (await UploadsAsync($"&max-uploads=1&key-marker=k1&upload-id-marker={ids[2]}")).Should().Be($"{all[1]} next= {all[1]} true");
        (await UploadsAsync($"&max-uploads=1&key-marker=k1&upload-id-marker={ids[4]}")).Should().Be($"{all[3]} next= {all[3]} true");
        (await UploadsAsync($"&max-uploads=1&key-marker=k2&upload-id-marker={ids[1]}")).Should().Be($"{all[4]} next= {all[4]} false");
        Error(await AskAsync("GET", $"?uploads&key-marker=k1&upload-id-marker={ids[1]}")).Should().Be($"400 InvalidArgument, ArgumentName=upload-id-marker, ArgumentValue={ids[1]}");
    }

    // s3_list_operations: TestS3ListMultipartUploads::test_list_multiparts_with_prefix_and_delimiter, test_list_multipart_uploads_marker_common_prefixes.
    [Fact]
    public async Task Uploads_may_be_listed_as_folders()
    {
        foreach (var key in new[] { "folder/sub/1", "folder/sub/2", "folder/x" })
        {
            await CreateAsync(key);
        }

        Members(await AskAsync("GET", "?uploads&prefix=folder/&delimiter=/&max-uploads=1")).Should().Be(
            "200 Bucket=lake-bucket, KeyMarker=, UploadIdMarker=, NextKeyMarker=, NextUploadIdMarker=, Prefix=folder/, Delimiter=/, MaxUploads=1, IsTruncated=true, CommonPrefixes(Prefix=folder/sub/)");
        foreach (var marker in new[] { "folder/sub/", "folder/sub/1" })
        {
            Members(await AskAsync("GET", $"?uploads&prefix=folder/&delimiter=/&key-marker={marker}")).Should().Contain($"KeyMarker={marker},").And.Contain("NextKeyMarker=folder/x").And.NotContain("CommonPrefixes");
        }
    }

    [Fact]
    public async Task Parts_that_do_not_fit_into_memory_are_refused_until_others_are_gone()
    {
        var (id, other) = (await CreateAsync("b"), await CreateAsync("c"));
        var part = new byte[64 << 20];
        for (var number = 1; number <= 3; number++)
        {
            (await PutPartAsync("b", id, number, part)).Status.Should().Be(200);
        }

        (await PutPartAsync("c", other, 1, part)).Status.Should().Be(200);
        Error(await PutPartAsync("c", other, 2, new byte[1])).Should().Be("503 SlowDown");
        Error(await PutPartAsync("b", id, 4, part)).Should().Be("503 SlowDown");
        (await PutPartAsync("b", id, 3, part)).Status.Should().Be(200, "it replaces another one");
        (await AskAsync("DELETE", $"c?uploadId={other}")).Status.Should().Be(204);
        (await PutPartAsync("b", id, 4, part)).Status.Should().Be(200);
        Error(await PutPartAsync("b", id, 5, new byte[1])).Should().Be("400 EntityTooLarge");
    }

    [Fact]
    public async Task A_key_that_the_response_cannot_hold_begins_no_upload() => Error(await AskAsync("POST", "a%01?uploads", "")).Should().StartWith("400 InvalidArgument");

    private async Task<string> UploadsAsync(string query)
    {
        var answer = await AskAsync("GET", $"?uploads{query}");
        var uploads = System.Xml.Linq.XElement.Parse(answer.Body).Elements().Where(element => element.Name.LocalName == "Upload")
            .Select(upload => $"{upload.Elements().ElementAt(1).Value} {upload.Elements().First().Value}");
        return $"{string.Join(' ', uploads)} next= {Member(answer, "NextKeyMarker")} {Member(answer, "NextUploadIdMarker")} {Member(answer, "IsTruncated")}";
    }

    private async Task<string> CreateAsync(string key, params (string Name, string Value)[] headers) => Member(await AskAsync("POST", $"{key}?uploads", "", headers), "UploadId");

    private Task<EndpointResponse> PutPartAsync(string key, string id, int number, byte[] body) => AskAsync("PUT", $"{key}?partNumber={number}&uploadId={id}", body);

    private Task<EndpointResponse> CompleteAsync(string key, string id, (int Number, EndpointResponse Part)[] parts, params (string Name, string Value)[] headers) => CompleteAsync(
        key, id, string.Concat(parts.Select(part => $"<Part><PartNumber>{part.Number}</PartNumber><ETag>{part.Part.Headers["ETag"]}</ETag></Part>")), headers);

    private Task<EndpointResponse> CompleteAsync(string key, string id, string parts, params (string Name, string Value)[] headers) =>
        AskAsync("POST", $"{key}?uploadId={id}", $"<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">{parts}</CompleteMultipartUpload>", headers);
}
