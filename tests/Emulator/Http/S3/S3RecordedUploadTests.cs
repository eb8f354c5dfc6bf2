namespace DataToEvents.Emulator.Tests.Http.S3;

/// <summary>Checksums of uploads in parts, conditions that S3 does not take, and deletions by version, as LocalStack recorded them on AWS.</summary>
public sealed class S3RecordedUploadTests : S3TestBase
{
    private const int LargePart = (5 * 1024 * 1024) + 1;

    // s3_api: TestS3ObjectWritePrecondition::test_put_object_if_none_match_validation, test_put_object_if_match_validation,
    // test_put_object_if_match_and_if_none_match_validation, test_copy_object_precondition_write_validation.
    public static TheoryData<string, string> RefusedConditions => new()
    {
        { "If-None-Match=\"d41d8cd98f00b204e9800998ecf8427e\"", "501 NotImplemented, Header=If-None-Match, additionalMessage=We don't accept the provided value of If-None-Match header for this API" },
        { "If-Match=*", "501 NotImplemented, Header=If-Match, additionalMessage=We don't accept the provided value of If-Match header for this API" },
        { "If-Match=*;If-None-Match=d41d8cd98f00b204e9800998ecf8427e", "501 NotImplemented, Header=If-Match,If-None-Match, additionalMessage=Multiple conditional request headers present in the request" },
        { "If-Match=abcdef", "404 NoSuchKey, Key=b" },
        { "If-Match=bad-char_/", "404 NoSuchKey, Key=b" },
    };

    // s3: TestS3MultipartUploadChecksum::test_complete_multipart_parts_checksum_full_object, without GetObjectAttributes and partNumber.
    [Theory]
    [InlineData("CRC32", "NRU+Sw==", "TBHN8A==", "qSEQSA==")]
    [InlineData("CRC32C", "2/Ckiw==", "5yZkMA==", "eTdAQA==")]
    [InlineData("CRC64NVME", "Kg7TOs6algM=", "DBqAA21lxVU=", "ZMNX55lZurA=")]
    public async Task The_checksum_of_a_whole_object_is_that_of_its_content(string algorithm, string large, string small, string whole)
    {
        var (header, element) = ($"x-amz-checksum-{algorithm.ToLowerInvariant()}", $"Checksum{algorithm}");
        var id = await CreateAsync("b", ("x-amz-checksum-algorithm", algorithm), ("x-amz-checksum-type", "FULL_OBJECT"));
        var content = new byte[LargePart];
        Array.Fill(content, (byte)'a');
        var parts = "";
        foreach (var (number, body, sum) in new[] { (1, content, large), (2, content, large), (3, content[..10], small) })
        {
            var part = await AskAsync("PUT", $"b?partNumber={number}&uploadId={id}", body, (header, sum));
            (part.Status, part.Headers[header]).Should().Be((200, sum));
            parts += $"<Part><PartNumber>{number}</PartNumber><ETag>{part.Headers["ETag"]}</ETag>*</Part>";
        }

        var (plain, wrong) = (parts.Replace("*", "", StringComparison.Ordinal), parts.Replace("*", $"<{element}>{whole}</{element}>", StringComparison.Ordinal));
        var listed = await AskAsync("GET", $"b?uploadId={id}");
        Members(listed).Should().Contain($"ChecksumAlgorithm={algorithm}, ChecksumType=FULL_OBJECT").And.Contain($"Size={LargePart}, {element}={large})").And.Contain($"Size=10, {element}={small})");
        Error(await CompleteAsync("b", id, wrong)).Should().Be($"400 InvalidPart, ETag=c4c753e69bb853187f5854c46cf801c6, PartNumber=1, UploadId={id}");
        Members(await CompleteAsync("b", id, plain, ("x-amz-checksum-type", "FULL_OBJECT"), (header, whole))).Should().EndWith(
            $", ETag=\"4d45984fc3feb2ac9b22683c49674b56-3\", {element}={whole}, ChecksumType=FULL_OBJECT");

        var head = await AskAsync("HEAD", "b", ("x-amz-checksum-mode", "ENABLED"));
        (head.Headers["Content-Length"], head.Headers["ETag"], head.Headers[header], head.Headers["x-amz-checksum-type"]).Should().Be(("10485772", "\"4d45984fc3feb2ac9b22683c49674b56-3\"", whole, "FULL_OBJECT"));
        Members(await AskAsync("PUT", "c", "", ("x-amz-copy-source", "lake-bucket/b"))).Should().Be($"200 ETag=\"a0397ee2df08832642af5d7e57c5760c\", {element}={whole}, ChecksumType=FULL_OBJECT");
    }

    // s3: TestS3MultipartUploadChecksum::test_multipart_parts_checksum_exceptions_full_object.
    [Fact]
    public async Task The_checksum_of_a_whole_object_is_taken_with_its_type_only()
    {
        Error(await AskAsync("POST", "b?uploads", "", ("x-amz-checksum-type", "FULL_OBJECT"))).Should().Be("400 InvalidRequest");
        var id = await CreateAsync("b", ("x-amz-checksum-algorithm", "CRC32C"), ("x-amz-checksum-type", "FULL_OBJECT"));
        Members(await AskAsync("GET", "?uploads")).Should().Contain($"Upload(UploadId={id}, Key=b, ChecksumAlgorithm=CRC32C, ChecksumType=FULL_OBJECT)");
        var part = await AskAsync("PUT", $"b?partNumber=1&uploadId={id}", "abc");
        part.Headers["x-amz-checksum-crc32c"].Should().Be("Nks/tw==");
        var parts = $"<Part><PartNumber>1</PartNumber><ETag>{part.Headers["ETag"]}</ETag><ChecksumCRC32C>Nks/tw==</ChecksumCRC32C></Part>";
        (string, string) type = ("x-amz-checksum-type", "FULL_OBJECT");

        Error(await CompleteAsync("b", id, parts, ("x-amz-checksum-type", "COMPOSITE"))).Should().Be("400 InvalidRequest");
        (string Name, string Value)[][] wrong =
        [
            [("x-amz-checksum-crc32c", "Ks1pYg==-1")], [("x-amz-checksum-crc32c", "Nks/tw==")], [("x-amz-checksum-crc64nvme", "BeXKuz/B+us=")],
            [("x-amz-checksum-crc32c", "AAAAAA=="), type], [("x-amz-checksum-crc32", "AAAAAA=="), type],
        ];
        foreach (var headers in wrong)
        {
            Told(await CompleteAsync("b", id, parts, headers)).Should().Be("400 BadDigest: The crc32c you specified did not match the calculated checksum.");
        }

        Members(await CompleteAsync("b", id, parts, ("x-amz-checksum-crc32c", "Nks/tw=="), type)).Should().EndWith(", ETag=\"af5da9f45af7a300e3aded972f8ff687-1\", ChecksumCRC32C=Nks/tw==, ChecksumType=FULL_OBJECT");
        var other = await CreateAsync("b", ("x-amz-checksum-algorithm", "CRC32C"), type);
        Told(await AskAsync("PUT", $"b?partNumber=1&uploadId={other}", "abc", ("x-amz-checksum-crc32", "NSRBwg=="))).Should().Be(
            "400 InvalidRequest: Checksum Type mismatch occurred, expected checksum Type: crc32c, actual checksum Type: crc32");
    }

    // s3: TestS3MultipartUploadChecksum::test_complete_multipart_parts_checksum_default, without GetObjectAttributes.
    [Fact]
    public async Task An_upload_without_an_algorithm_has_the_checksum_that_S3_chooses()
    {
        var id = await CreateAsync("b");
        Members(await AskAsync("GET", "?uploads")).Should().EndWith($"Upload(UploadId={id}, Key=b)");
        var part = await AskAsync("PUT", $"b?partNumber=1&uploadId={id}", "aaa", ("x-amz-checksum-crc32c", "45fn2Q=="));
        part.Headers["x-amz-checksum-crc32c"].Should().Be("45fn2Q==");
        Members(await AskAsync("GET", $"b?uploadId={id}")).Should().EndWith("Part(PartNumber=1, ETag=\"47bce5c74f589f4867dbd57e9ca9f808\", Size=3)");
        static string Part(string checksum) => $"<Part><PartNumber>1</PartNumber><ETag>47bce5c74f589f4867dbd57e9ca9f808</ETag>{checksum}</Part>";

        foreach (var checksum in new[] { "<ChecksumCRC32C>45fn2Q==</ChecksumCRC32C>", "<ChecksumSHA256>mDSHbc+wXLFnpcJJU+uljErJiuL51DEfVkmv/v4Otfo=</ChecksumSHA256>" })
        {
            Error(await CompleteAsync("b", id, Part(checksum))).Should().Be($"400 InvalidPart, ETag=47bce5c74f589f4867dbd57e9ca9f808, PartNumber=1, UploadId={id}");
        }

        foreach (var type in new[] { "FULL_OBJECT", "COMPOSITE" })
        {
            Told(await CompleteAsync("b", id, Part(""), ("x-amz-checksum-type", type))).Should().Be("400 InvalidRequest: The upload was created using the null checksum mode. The complete request must use the same checksum mode.");
        }

        Members(await CompleteAsync("b", id, Part(""), ("x-amz-checksum-crc32c", "AAAAAA==-2"))).Should().EndWith(", ETag=\"e2c3da976e66ec9e7dc128fbc782fc91-1\", ChecksumCRC64NVME=Rnr2/5P7Gsk=, ChecksumType=FULL_OBJECT");
        (await AskAsync("HEAD", "b", ("x-amz-checksum-mode", "ENABLED"))).Headers["x-amz-checksum-crc64nvme"].Should().Be("Rnr2/5P7Gsk=");
        Members(await AskAsync("PUT", "c", "", ("x-amz-copy-source", "lake-bucket/b"))).Should().Be("200 ETag=\"47bce5c74f589f4867dbd57e9ca9f808\", ChecksumCRC64NVME=Rnr2/5P7Gsk=, ChecksumType=FULL_OBJECT");
    }

    // s3: TestS3MultipartUploadChecksum::test_complete_multipart_parts_checksum_full_object_default.
    [Fact]
    public async Task The_checksum_that_S3_chooses_may_also_be_named()
    {
        var id = await CreateAsync("b", ("x-amz-checksum-algorithm", "CRC64NVME"));
        var part = await AskAsync("PUT", $"b?partNumber=1&uploadId={id}", "aaa", ("x-amz-checksum-crc64nvme", "Rnr2/5P7Gsk="));

        Members(await CompleteAsync("b", id, $"<Part><PartNumber>1</PartNumber><ETag>{part.Headers["ETag"]}</ETag><ChecksumCRC64NVME>Rnr2/5P7Gsk=</ChecksumCRC64NVME></Part>")).Should().EndWith(
            ", ETag=\"e2c3da976e66ec9e7dc128fbc782fc91-1\", ChecksumCRC64NVME=Rnr2/5P7Gsk=, ChecksumType=FULL_OBJECT");
        (await AskAsync("GET", "b", ("x-amz-checksum-mode", "ENABLED"))).Headers["x-amz-checksum-crc64nvme"].Should().Be("Rnr2/5P7Gsk=");
    }

    // s3: TestS3::test_upload_big_file, TestS3PutObjectChecksum::test_s3_checksum_with_content_encoding.
    [Theory]
    [InlineData('\u0001', "eH3dJA==", "a649c4228b2b9e8bfca3510ed9d9a764")]
    [InlineData('a', "TRqKkg==", "7095bae098259e0dda4b7acc624de4e2")]
    public async Task A_large_object_is_put_at_once(char one, string checksum, string tag)
    {
        var content = new byte[10_000_000];
        Array.Fill(content, (byte)one);

        var put = await AskAsync("PUT", "test_key1", content, ("x-amz-checksum-crc32", checksum), ("Content-Encoding", "gzip"));
        var head = await AskAsync("HEAD", "test_key1", ("x-amz-checksum-mode", "ENABLED"));

        (put.Headers["ETag"], put.Headers["x-amz-checksum-crc32"], put.Headers["x-amz-checksum-type"]).Should().Be(($"\"{tag}\"", checksum, "FULL_OBJECT"));
        (head.Headers["ETag"], head.Headers["Content-Length"], head.Headers["Content-Encoding"], head.Headers["x-amz-checksum-crc32"]).Should().Be(($"\"{tag}\"", "10000000", "gzip", checksum));
    }

    [Theory]
    [MemberData(nameof(RefusedConditions))]
    public async Task A_condition_of_a_write_that_S3_does_not_take_is_told(string conditions, string error)
    {
        await AskAsync("PUT", "source", "");
        (string, string)[] headers = [.. conditions.Split(';').Select(static condition => condition.Split('=')).Select(static pair => (pair[0], pair[1]))];

        Error(await AskAsync("PUT", "b", "", headers)).Should().Be(error);
        Error(await AskAsync("PUT", "b", "", [("x-amz-copy-source", "lake-bucket/source"), .. headers])).Should().Be(error);
        (await Endpoint.Objects.ListAsync()).Should().Equal("source");
    }

    // s3_api: TestS3ObjectWritePrecondition::test_copy_object_if_none_match_in_place, test_copy_object_if_match_in_place.
    [Fact]
    public async Task A_copy_onto_itself_has_conditions_like_any_write()
    {
        var tag = (await AskAsync("PUT", "a", "source content", ("x-amz-checksum-crc32", "wmoL/Q=="))).Headers["ETag"];
        Task<EndpointResponse> CopyAsync(string condition, string value) => AskAsync("PUT", "a", "", ("x-amz-copy-source", "lake-bucket/a"), ("x-amz-storage-class", "STANDARD"), (condition, value));

        Error(await CopyAsync("If-None-Match", "*")).Should().Be("412 PreconditionFailed, Condition=If-None-Match");
        Members(await CopyAsync("If-Match", tag)).Should().Be("200 ETag=\"4d96fd1280dd67fe2eac895339a0a8e3\", ChecksumCRC32=wmoL/Q==, ChecksumType=FULL_OBJECT");
    }

    // s3_api: TestS3ObjectWritePrecondition::test_multipart_if_match_with_put_identical.
    [Fact]
    public async Task A_write_during_an_upload_counts_even_if_it_changes_nothing()
    {
        var tag = (await AskAsync("PUT", "b", "test")).Headers["ETag"];
        var overtaken = await UploadAsync();
        (await AskAsync("PUT", "b", "test")).Headers["ETag"].Should().Be(tag);

        Error(await CompleteAsync("b", overtaken.Id, overtaken.Part, ("If-Match", tag))).Should().Be("409 ConditionalRequestConflict, Condition=If-Match, Key=b");
        var again = await UploadAsync();
        Members(await CompleteAsync("b", again.Id, again.Part, ("If-Match", tag))).Should().EndWith(", ETag=\"60cd54a928cbbcbb6e7b5595bab46a9e-1\", ChecksumCRC64NVME=+bu+zv66sUM=, ChecksumType=FULL_OBJECT");

        async Task<(string Id, string Part)> UploadAsync()
        {
            var id = await CreateAsync("b");
            return (id, $"<Part><PartNumber>1</PartNumber><ETag>{(await AskAsync("PUT", $"b?partNumber=1&uploadId={id}", "test")).Headers["ETag"]}</ETag></Part>");
        }
    }

    // s3_api: TestS3Multipart::test_upload_part_copy_with_if_modified_since_failed.
    [Fact]
    public async Task A_part_is_not_copied_from_an_object_that_has_not_changed_since()
    {
        await AskAsync("PUT", "source", "0123456789");
        var id = await CreateAsync("b");

        Error(await AskAsync("PUT", $"b?partNumber=1&uploadId={id}", "", ("x-amz-copy-source", "lake-bucket/source"), ("x-amz-copy-source-if-modified-since", DateTimeOffset.UtcNow.ToString("R", CultureInfo.InvariantCulture))))
            .Should().Be("412 PreconditionFailed, Condition=x-amz-copy-source-If-Modified-Since");
    }

    // s3_api: TestS3ObjectCRUD::test_delete_object, test_delete_objects.
    [Fact]
    public async Task A_version_is_not_deleted_where_there_are_none()
    {
        const string Version = "HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD";
        await AskAsync("PUT", "test-delete", "test-delete");

        Error(await AskAsync("DELETE", $"test-delete?versionId={Version}")).Should().Be($"400 InvalidArgument, ArgumentName=versionId, ArgumentValue={Version}");
        Error(await AskAsync("DELETE", "test-delete?versionId=null")).Should().Be("501 NotImplemented");
        Members(await DeleteAsync($"<Object><Key>test-delete</Key><VersionId>{Version}</VersionId></Object>")).Should().Be(
            $"200 Error(Key=test-delete, VersionId={Version}, Code=NoSuchVersion, Message=The specified version does not exist.)");
        (await StoredAsync("test-delete")).Should().Be("test-delete");
        Members(await DeleteAsync("<Object><Key>test-delete</Key></Object><Object><Key>c-wrong-key</Key></Object>")).Should().Be("200 Deleted(Key=test-delete), Deleted(Key=c-wrong-key)");
        (await AskAsync("DELETE", "test-delete")).Should().Match<EndpointResponse>(static answer => answer.Status == 204 && answer.Body.Length == 0);
    }

    private async Task<string> CreateAsync(string key, params (string Name, string Value)[] headers) => Member(await AskAsync("POST", $"{key}?uploads", "", headers), "UploadId");

    private Task<EndpointResponse> CompleteAsync(string key, string id, string parts, params (string Name, string Value)[] headers) =>
        AskAsync("POST", $"{key}?uploadId={id}", $"<CompleteMultipartUpload>{parts}</CompleteMultipartUpload>", headers);

    private Task<EndpointResponse> DeleteAsync(string objects) =>
        AskAsync("POST", "?delete", $"<Delete>{objects}</Delete>", ("x-amz-checksum-sha256", Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes($"<Delete>{objects}</Delete>")))));
}
