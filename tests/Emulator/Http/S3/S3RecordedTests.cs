namespace DataToEvents.Emulator.Tests.Http.S3;

/// <summary>More of what AWS answered in scenarios that LocalStack recorded there: small facts about keys, errors and checksums.</summary>
public sealed class S3RecordedTests : S3TestBase
{
    // s3: TestS3::test_put_and_get_object_with_utf8_key, test_put_and_get_object_with_hash_prefix, test_s3_uppercase_key_names, test_get_object_with_anon_credentials,
    // test_put_get_object_special_character[file%2Fname], test_put_get_object_special_character[test%123], test_put_get_object_special_character[test%percent].
    [Theory]
    [InlineData("Ā0Ä", "%C4%800%C3%84")]
    [InlineData("#key-with-hash-prefix", "%23key-with-hash-prefix")]
    [InlineData("UPPER", "UPPER")]
    [InlineData("file%2Fname", "file%252Fname")]
    [InlineData("test%123", "test%25123")]
    [InlineData("test%percent", "test%25percent")]
    public async Task A_key_is_stored_and_listed_as_it_was_sent(string key, string path)
    {
        (await AskAsync("PUT", path, "test")).Headers["ETag"].Should().Be("\"098f6bcd4621d373cade4e832627b4f6\"");

        (await StoredAsync(key)).Should().Be("test");
        (await AskAsync("GET", path)).Body.Should().Be("test");
        Member(await AskAsync("GET", "?list-type=2"), "Key").Should().Be(key);
        (await AskAsync("DELETE", path)).Status.Should().Be(204);
        (await AskAsync("HEAD", path)).Status.Should().Be(404);
    }

    // s3: TestS3::test_upload_file_with_xml_preamble, test_etag_on_get_object_call, test_head_object_fields.
    [Fact]
    public async Task An_object_has_its_type_its_length_its_tag_and_no_metadata_unless_they_are_given()
    {
        const string Body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><test/>";
        await AskAsync("PUT", "test-key", Body);

        foreach (var answer in new[] { await AskAsync("GET", "test-key"), await AskAsync("HEAD", "test-key") })
        {
            (answer.Status, answer.Headers["ETag"], answer.Headers["Content-Length"], answer.Headers["Content-Type"], answer.Headers["Accept-Ranges"]).Should().Be(
                (200, "\"8a793423f1e69103a7056b99e4ad6c0b\"", "45", "binary/octet-stream", "bytes"));
            answer.Headers.Keys.Should().NotContain(name => name.StartsWith("x-amz-meta-", StringComparison.OrdinalIgnoreCase));
        }

        (await AskAsync("HEAD", "none")).Should().Match<EndpointResponse>(answer => answer.Status == 404 && answer.Body.Length == 0);
    }

    // s3: TestS3::test_get_object_no_such_bucket, test_bucket_does_not_exist, test_delete_non_existing_keys_in_non_existing_bucket,
    // test_delete_bucket_no_such_bucket, test_get_bucket_notification_configuration_no_such_bucket, test_bucket_availability.
    [Theory]
    [InlineData("GET", "none/key")]
    [InlineData("GET", "none")]
    [InlineData("GET", "none?list-type=2")]
    [InlineData("DELETE", "none/key")]
    [InlineData("DELETE", "none")]
    [InlineData("GET", "none?notification")]
    [InlineData("GET", "none?lifecycle")]
    [InlineData("GET", "none?replication")]
    public async Task A_bucket_that_does_not_exist_is_named(string method, string target)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), target);

        Error(await EndpointResponse.ToAsync(Http, request)).Should().Be("404 NoSuchBucket, BucketName=none");
    }

    // s3: TestS3::test_s3_get_object_headers.
    [Theory]
    [InlineData("If-None-Match", true, 304)]
    [InlineData("If-None-Match", false, 200)]
    [InlineData("If-Match", true, 200)]
    [InlineData("If-Match", false, 412)]
    public async Task A_tag_may_stand_with_and_without_quotation_marks(string header, bool matches, int status)
    {
        await AskAsync("PUT", "a", "test");
        var tag = matches ? "098f6bcd4621d373cade4e832627b4f6" : "00000000000000000000000000000000";

        (await AskAsync("GET", "a", (header, $"\"{tag}\""))).Status.Should().Be(status);
        (await AskAsync("GET", "a", (header, tag))).Status.Should().Be(status);
    }

    // s3: TestS3::test_delete_objects_encoding, test_url_encoded_key, test_list_objects_v2_with_prefix, test_putobject_with_multiple_keys.
    [Fact]
    public async Task Keys_that_look_encoded_are_keys_of_their_own()
    {
        await AskAsync("PUT", "a%252Fb", "one");
        await AskAsync("PUT", "a/%25F0%259F%2598%2580", "two");
        await AskAsync("PUT", "test@key", "three");
        await AskAsync("PUT", "test%2540key", "four");

        (await KeysAsync("")).Should().Be("a%2Fb a/%F0%9F%98%80 test%40key test@key");
        (await KeysAsync("&prefix=a/")).Should().Be("a/%F0%9F%98%80");
        (await KeysAsync("&prefix=test%40")).Should().Be("test@key");
        const string Delete = "<Delete><Object><Key>a%2Fb</Key></Object><Object><Key>a/%F0%9F%98%80</Key></Object></Delete>";
        Members(await AskAsync("POST", "?delete", Delete, ("x-amz-checksum-sha256", Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Delete)))))).Should().Be("200 Deleted(Key=a%2Fb), Deleted(Key=a/%F0%9F%98%80)");
        (await KeysAsync("")).Should().Be("test%40key test@key");
    }

    // s3: TestS3PutObjectChecksum::test_s3_checksum_no_algorithm.
    [Fact]
    public async Task A_checksum_says_by_its_name_what_it_is_and_there_is_only_one()
    {
        Told(await AskAsync("PUT", "a", "test data..", ("x-amz-checksum-sha256", "TEST"))).Should().StartWith("400 InvalidRequest: Value for x-amz-checksum-sha256 header is invalid.");
        Error(await AskAsync("PUT", "a", "test data..", ("x-amz-checksum-sha256", "2l26x0trnT0r2AvakoFk2MB7eKVKzYESLMxSAKAzoik="), ("x-amz-checksum-crc32", "g/U4Hw=="))).Should().Be("400 InvalidRequest");
        (await AskAsync("PUT", "a", "test data..", ("x-amz-checksum-sha256", "2l26x0trnT0r2AvakoFk2MB7eKVKzYESLMxSAKAzoik="))).Headers["ETag"].Should().Be("\"e6d9226c2a86b7232933663c13467527\"");
        (await AskAsync("HEAD", "a", ("x-amz-checksum-mode", "ENABLED"))).Headers["x-amz-checksum-sha256"].Should().Be("2l26x0trnT0r2AvakoFk2MB7eKVKzYESLMxSAKAzoik=");
    }

    // s3: TestS3MultipartUploadChecksum::test_multipart_upload_part_checksum_exception, test_multipart_checksum_type_default_for_checksum.
    [Theory]
    [InlineData("CRC32", "COMPOSITE", "AAAAAA==")]
    [InlineData("CRC32C", "COMPOSITE", "AAAAAA==")]
    [InlineData("SHA1", "COMPOSITE", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("SHA256", "COMPOSITE", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("CRC64NVME", "FULL_OBJECT", "AAAAAAAAAAA=")]
    public async Task The_checksum_of_a_part_is_verified(string algorithm, string type, string wrong)
    {
        var created = await AskAsync("POST", "b?uploads", "", ("x-amz-checksum-algorithm", algorithm));
        created.Headers["x-amz-checksum-type"].Should().Be(type);
        var part = $"b?partNumber=1&uploadId={Member(created, "UploadId")}";
        var header = $"x-amz-checksum-{algorithm.ToLowerInvariant()}";

        Told(await AskAsync("PUT", part, "abc", (header, "TEST"))).Should().StartWith($"400 InvalidRequest: Value for {header} header is invalid.");
        Error(await AskAsync("PUT", part, "abc", (header, wrong))).Should().Be("400 BadDigest");
    }

    // s3: TestS3::test_multipart_overwrite_key.
    [Fact]
    public async Task An_upload_in_parts_replaces_the_object()
    {
        await AskAsync("PUT", "test.file", "before");
        var id = Member(await AskAsync("POST", "test.file?uploads", ""), "UploadId");
        var tag = (await AskAsync("PUT", $"test.file?partNumber=1&uploadId={id}", "after")).Headers["ETag"];

        Member(await AskAsync("POST", $"test.file?uploadId={id}", $"<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{tag}</ETag></Part></CompleteMultipartUpload>"), "ETag").Should().EndWith("-1\"");

        (await StoredAsync("test.file")).Should().Be("after");
    }

    // s3: TestS3::test_multipart_with_unicode_character_location, test_set_external_hostname.
    [Fact]
    public async Task An_upload_in_parts_tells_the_URL_of_its_object_at_the_host_that_the_client_named()
    {
        const string Key = "test-unicode_%E2%80%94_file";
        var id = Member(await AskAsync("POST", $"{Key}?uploads", ""), "UploadId");
        var tag = (await AskAsync("PUT", $"{Key}?partNumber=1&uploadId={id}", "test content 123")).Headers["ETag"];

        var done = await AskAsync("POST", $"{Key}?uploadId={id}", $"<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{tag}</ETag></Part></CompleteMultipartUpload>", ("Host", "s3.localhost:1234"));

        (Member(done, "Location"), Member(done, "Key")).Should().Be(($"http://s3.localhost:1234/lake-bucket/{Key}", "test-unicode_\u2014_file"));
    }

    // s3: TestS3::test_s3_put_more_than_1000_items.
    [Fact]
    public async Task A_listing_has_at_most_a_thousand_keys()
    {
        for (var number = 0; number < 1010; number++)
        {
            await Endpoint.Objects.PutAsync($"test-key-{number:0000}", Encoding.UTF8.GetBytes($"test-{number}"));
        }

        var first = await AskAsync("GET", "?list-type=2&max-keys=2000");
        (Member(first, "KeyCount"), Member(first, "IsTruncated"), Member(first, "MaxKeys")).Should().Be(("1000", "true", "1000"));
        var rest = await AskAsync("GET", $"?list-type=2&continuation-token={Uri.EscapeDataString(Member(first, "NextContinuationToken"))}");
        (Member(rest, "KeyCount"), Member(rest, "IsTruncated")).Should().Be(("10", "false"));
        (await AskAsync("GET", "test-key-1009")).Body.Should().Be("test-1009");
    }

    private async Task<string> KeysAsync(string more) => string.Join(' ', System.Xml.Linq.XElement.Parse((await AskAsync("GET", $"?list-type=2{more}")).Body)
        .Descendants().Where(static element => element.Name.LocalName == "Key").Select(static key => key.Value));
}
