using DataToEvents.Emulator.Http.S3;

namespace DataToEvents.Emulator.Tests.Http.S3;

/// <summary>The whole responses of listings. Sources are scenarios that LocalStack recorded on AWS.</summary>
public sealed class S3ListingTests : S3TestBase
{
    private const string Start = $"{Xml}<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>lake-bucket</Name>";
    private const string Owner = "<Owner><ID>0000000000000000000000000000000000000000000000000000000000000000</ID></Owner>";

    [Theory]
    [InlineData("", "a/1 a/2 a/b/3 z é", "1000", null)]
    [InlineData("&prefix=a/", "a/1 a/2 a/b/3", "1000", null)]
    [InlineData("&prefix=none", "", "1000", null)]
    [InlineData("&delimiter=/", "z é a/*", "1000", null)]
    [InlineData("&delimiter=/&prefix=a/", "a/1 a/2 a/b/*", "1000", null)]
    [InlineData("&delimiter=b/&prefix=a", "a/1 a/2 a/b/*", "1000", null)]
    [InlineData("&delimiter=/&prefix=z", "z", "1000", null)]
    [InlineData("&delimiter=z&prefix=z", "z", "1000", null)]
    [InlineData("&max-keys=2", "a/1 a/2", "2", "a/2")]
    [InlineData("&max-keys=5", "a/1 a/2 a/b/3 z é", "5", null)]
    [InlineData("&max-keys=1&delimiter=/", "a/*", "1", "a/")]
    [InlineData("&max-keys=5000", "a/1 a/2 a/b/3 z é", "1000", null)]
    [InlineData("&max-keys=0", "", "0", null)]
    public async Task A_listing_has_keys_then_common_prefixes_and_a_token_for_the_next_page(string query, string entries, string limit, string? next)
    {
        await PutAsync("z", "é", "a/2", "a/1", "a/b/3");
        var listed = entries.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        var answer = await AskAsync("GET", $"?list-type=2{query}");

        answer.Headers["Content-Type"].Should().Be("application/xml");
        answer.Body.Should().Be(
            $"{Start}<Prefix>{Value(query, "prefix")}</Prefix>" + (next is null ? "" : $"<NextContinuationToken>{Token(next)}</NextContinuationToken>")
            + $"<KeyCount>{listed.Length}</KeyCount><MaxKeys>{limit}</MaxKeys>{Delimiter(query)}<IsTruncated>{(next is null ? "false" : "true")}</IsTruncated>"
            + Entries(listed, "") + "</ListBucketResult>");
    }

    // s3_list_operations: TestS3ListObjectsV2::test_list_objects_v2_continuation_start_after, test_list_objects_v2_continuation_common_prefixes.
    [Theory]
    [InlineData("&continuation-token=612f32&max-keys=2&start-after=z", "a/b/3 z", "<ContinuationToken>612f32</ContinuationToken><NextContinuationToken>7a</NextContinuationToken>")]
    [InlineData("&start-after=a/b", "a/b/3 z", "<StartAfter>a/b</StartAfter>")]
    [InlineData("&continuation-token=612f&delimiter=/", "z", "<ContinuationToken>612f</ContinuationToken>")]
    public async Task A_listing_goes_on_after_a_token_or_a_key(string query, string entries, string members)
    {
        await PutAsync("z", "a/2", "a/1", "a/b/3", "zz");

        var body = (await AskAsync("GET", $"?list-type=2{query}")).Body;

        body.Should().Contain($"</Prefix>{members}<KeyCount>");
        entries.Split(' ').Should().OnlyContain(entry => body.Contains($"<Key>{entry}</Key>", StringComparison.Ordinal));
        body.Should().NotContain("<Key>a/1").And.NotContain("<CommonPrefixes>");
    }

    // s3_list_operations: TestS3ListObjectsV2::test_list_ops_encoding_type_validation, test_list_objects_v2_continuation_start_after.
    [Theory]
    [InlineData("?list-type=2&continuation-token=", "400 InvalidArgument, ArgumentName=continuation-token")]
    [InlineData("?list-type=2&continuation-token=xyz", "400 InvalidArgument, ArgumentName=continuation-token")]
    [InlineData("?list-type=2&encoding-type=value", "400 InvalidArgument, ArgumentName=encoding-type, ArgumentValue=value")]
    [InlineData("?list-type=2&encoding-type=", "400 InvalidArgument, ArgumentName=encoding-type, ArgumentValue=")]
    [InlineData("?encoding-type=value", "400 InvalidArgument, ArgumentName=encoding-type, ArgumentValue=value")]
    [InlineData("?uploads&encoding-type=", "400 InvalidArgument, ArgumentName=encoding-type, ArgumentValue=")]
    [InlineData("?list-type=2&max-keys=many", "400 InvalidArgument, ArgumentName=max-keys, ArgumentValue=many")]
    [InlineData("?max-keys=-1", "400 InvalidArgument, ArgumentName=max-keys, ArgumentValue=-1")]
    public async Task A_value_that_means_nothing_is_refused(string query, string error) => Error(await AskAsync("GET", query)).Should().Be(error);

    // s3_list_operations: TestS3ListObjects::test_list_objects_next_marker, test_list_objects_marker_common_prefixes, test_s3_list_objects_empty_marker, test_list_objects_with_prefix.
    [Theory]
    [InlineData("", "f/a/1 f/a/2 f/x f/y", false, null)]
    [InlineData("max-keys=1", "f/a/1", true, null)]
    [InlineData("max-keys=1&marker=f/a/1", "f/a/2", true, null)]
    [InlineData("max-keys=1&marker=", "f/a/1", true, null)]
    [InlineData("max-keys=1&prefix=f/&delimiter=/", "f/a/*", true, "f/a/")]
    [InlineData("max-keys=1&prefix=f/&delimiter=/&marker=f/a/", "f/x", true, "f/x")]
    [InlineData("max-keys=1&prefix=f/&delimiter=/&marker=f/a/1", "f/x", true, "f/x")]
    [InlineData("max-keys=1&prefix=f/&delimiter=/&marker=f/x", "f/y", false, null)]
    public async Task The_first_listing_goes_on_after_a_marker(string query, string entries, bool isTruncated, string? next)
    {
        await PutAsync("f/a/1", "f/a/2", "f/x", "f/y");

        (await AskAsync("GET", $"?{query}")).Body.Should().Be(
            $"{Start}<Prefix>{Value(query, "prefix")}</Prefix><Marker>{Value(query, "marker")}</Marker>" + (next is null ? "" : $"<NextMarker>{next}</NextMarker>")
            + $"<MaxKeys>{(query.Contains("max-keys", StringComparison.Ordinal) ? 1 : 1000)}</MaxKeys>{Delimiter(query)}<IsTruncated>{(isTruncated ? "true" : "false")}</IsTruncated>"
            + Entries(entries.Split(' '), Owner) + "</ListBucketResult>");
    }

    [Fact]
    public async Task The_owner_is_told_to_those_who_ask()
    {
        await PutAsync("a");

        (await AskAsync("GET", "?list-type=2&fetch-owner=true")).Body.Should().Contain(Entries(["a"], Owner));
    }

    [Fact]
    public async Task A_listing_encodes_its_keys_if_asked()
    {
        await PutAsync("a b/+é&.txt");

        (await AskAsync("GET", "?list-type=2&encoding-type=url&prefix=a%20b/")).Body.Should().Contain("<Prefix>a%20b/</Prefix>").And.Contain("<EncodingType>url</EncodingType>").And.Contain("<Key>a%20b/%2B%C3%A9%26.txt</Key>");
        (await AskAsync("GET", "?list-type=2&encoding-type=url&delimiter=/")).Body.Should().Contain("<CommonPrefixes><Prefix>a%20b/</Prefix></CommonPrefixes>");
        (await AskAsync("GET", "?list-type=2&prefix=a%20b/")).Body.Should().Contain("<Key>a b/+é&amp;.txt</Key>").And.NotContain("EncodingType");
        // s3_list_operations: TestS3ListObjects::test_list_objects_with_prefix[%2F].
        (await AskAsync("GET", "?delimiter=%252F&encoding-type=url")).Body.Should().Contain("<Delimiter>%252F</Delimiter>");
    }

    [Theory]
    [InlineData("a\u0001", "a%01")]
    [InlineData("a\ufffe", "a%EF%BF%BE")]
    public async Task A_key_that_XML_cannot_hold_is_listed_only_encoded(string key, string encoded)
    {
        await PutAsync(key, "b");

        foreach (var version in new[] { "list-type=2&", "" })
        {
            Error(await AskAsync("GET", $"?{version}")).Should().Be("400 InvalidArgument, ArgumentName=encoding-type, ArgumentValue=");
            (await AskAsync("GET", $"?{version}encoding-type=url")).Body.Should().Contain($"<Key>{encoded}</Key>");
        }

        (await AskAsync("GET", "?list-type=2&max-keys=1&encoding-type=url")).Body.Should().Contain($"<NextContinuationToken>{Token(key)}</NextContinuationToken>");
    }

    [Fact]
    public async Task A_line_break_of_a_key_stays_the_same_one()
    {
        await PutAsync("a\r\nb\tc\u0085");

        Member(await AskAsync("GET", "?list-type=2"), "Key").Should().Be("a\r\nb\tc\u0085");
    }

    // s3_list_operations: TestS3ListBuckets::test_list_buckets_by_prefix_with_case_sensitivity, test_list_buckets_by_bucket_region.
    [Theory]
    [InlineData("", "lake-bucket", "")]
    [InlineData("?prefix=lake", "lake-bucket", "<Prefix>lake</Prefix>")]
    [InlineData("?prefix=Lake", "", "<Prefix>Lake</Prefix>")]
    [InlineData("?bucket-region=us-east-1", "lake-bucket", "")]
    [InlineData("?bucket-region=eu-west-1", "", "")]
    [InlineData("?continuation-token=lake-bucket", "", "")]
    public async Task Buckets_are_listed(string query, string names, string members)
    {
        var answer = await Endpoint.CallAsync(HttpMethod.Get, $"/{query}");

        Regex.Replace(answer.Body, "<CreationDate>[^<]+</CreationDate>", "").Should().Be(
            $"{Xml}<ListAllMyBucketsResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">{Owner}" + (names.Length == 0
                ? "<Buckets />"
                : $"<Buckets><Bucket><Name>{names}</Name><BucketRegion>us-east-1</BucketRegion><BucketArn>arn:aws:s3:::{names}</BucketArn></Bucket></Buckets>") + $"{members}</ListAllMyBucketsResult>");
    }

    // s3_list_operations: TestS3ListBuckets::test_list_buckets_region_validation.
    [Fact]
    public async Task Buckets_of_a_region_that_AWS_does_not_have_are_not_listed()
    {
        var answer = await Endpoint.CallAsync(HttpMethod.Get, "/?bucket-region=eu-east-1");

        (Error(answer), Told(answer)).Should().Be(("400 InvalidArgument, ArgumentName=bucket-region", "400 InvalidArgument: Argument value eu-east-1 is not a valid AWS Region"));
    }

    // s3_list_operations: TestS3ListObjectsV2::test_list_objects_v2_with_prefix_and_delimiter.
    [Theory]
    [InlineData("prefix=test/", "Prefix=test/, KeyCount=2, MaxKeys=1000, Delimiter=/, EncodingType=url, IsTruncated=false, CommonPrefixes(Prefix=test/bar/), CommonPrefixes(Prefix=test/foo/)")]
    [InlineData("prefix=test/&max-keys=1", "Prefix=test/, NextContinuationToken=746573742f6261722f, KeyCount=1, MaxKeys=1, Delimiter=/, EncodingType=url, IsTruncated=true, CommonPrefixes(Prefix=test/bar/)")]
    [InlineData("prefix=test/foo", "Prefix=test/foo, KeyCount=1, MaxKeys=1000, Delimiter=/, EncodingType=url, IsTruncated=false, CommonPrefixes(Prefix=test/foo/)")]
    [InlineData("prefix=test/foo/bar", "Prefix=test/foo/bar, KeyCount=1, MaxKeys=1000, Delimiter=/, EncodingType=url, IsTruncated=false, CommonPrefixes(Prefix=test/foo/bar/)")]
    public async Task A_prefix_of_a_listing_may_be_longer_than_a_folder(string query, string members)
    {
        await PutAsync("test/foo/bar/123", "test/foo/bar/456", "test/bar/foo/123");

        Members(await AskAsync("GET", $"?list-type=2&encoding-type=url&delimiter=/&{query}")).Should().Be($"200 Name=lake-bucket, {members}");
    }

    // s3_list_operations: TestS3ListObjectsV2::test_list_objects_v2_continuation_token_safe_chars, without the slashes at the end of its keys.
    [Theory]
    [InlineData("&max-keys=5", "", "a/%25F0%259F%2598%2580 date%3D2026-01-01 date%3D2026-02-01 date%3D2026-03-01 date%3D2026-05-01")]
    [InlineData("&continuation-token=646174653d323032362d30352d3031", "", "file%252Fname test%20key test%25123 test%25percent test%40key")]
    [InlineData("&max-keys=2&start-after=date%3D2026-02-01", "date%3D2026-02-01", "date%3D2026-03-01 date%3D2026-05-01")]
    [InlineData("&max-keys=2&start-after=date%253D2026-02-01", "date%253D2026-02-01", "date%3D2026-01-01 date%3D2026-02-01")]
    [InlineData("&max-keys=2&start-after=date%3D2026-02-01&continuation-token=646174653d323032362d30322d3031", "", "date%3D2026-03-01 date%3D2026-05-01")]
    public async Task A_listing_goes_on_after_keys_of_any_characters(string query, string start, string keys)
    {
        await PutAsync("file%2Fname", "test@key", "test%123", "test%percent", "test key", "a/%F0%9F%98%80", "date=2026-01-01", "date=2026-02-01", "date=2026-03-01", "date=2026-05-01");

        var listed = await AskAsync("GET", $"?list-type=2&encoding-type=url{query}");

        Regex.Matches(listed.Body, "<Key>([^<]+)</Key>").Select(static match => match.Groups[1].Value).Should().Equal(keys.Split(' '));
        Regex.Match(listed.Body, "<StartAfter>([^<]+)</StartAfter>").Groups[1].Value.Should().Be(start);
    }

    // s3_list_operations: TestS3ListBuckets::test_list_buckets_with_max_buckets, test_list_buckets_with_continuation_token, test_list_buckets_when_continuation_token_is_empty.
    [Fact]
    public async Task Buckets_are_listed_in_pages()
    {
        var objects = new Emulator.Objects.MemoryBucket();
        await using var endpoint = await Emulator.Http.EmulatorEndpoint.StartAsync(new()
        {
            Objects = new S3Endpoint(new Dictionary<string, Emulator.Objects.ObjectBucket> { ["b"] = objects, ["c"] = objects, ["a"] = objects }, region: "eu-west-1"),
            OnFault = fault => throw fault,
        });
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{endpoint.Port}") };

        var first = await http.GetStringAsync("?max-buckets=2&continuation-token=");
        var second = await http.GetStringAsync("?max-buckets=2&continuation-token=b");

        Regex.Matches(first, "<Name>(.)</Name>").Select(match => match.Groups[1].Value).Should().Equal("a", "b");
        first.Should().Contain("<ContinuationToken>b</ContinuationToken>");
        Regex.Matches(second, "<Name>(.)</Name>").Select(match => match.Groups[1].Value).Should().Equal("c");
        second.Should().NotContain("ContinuationToken");
        (await http.GetStringAsync("a?location")).Should().Be($"{Xml}<LocationConstraint xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">eu-west-1</LocationConstraint>");
    }

    // s3: TestS3::test_create_bucket_head_bucket, test_different_location_constraint.
    // s3.json, "test_create_bucket_with_existing_name" and "test_create_bucket_with_tags_us_east_1_idempotency".
    [Fact]
    public async Task A_bucket_that_is_there_can_be_created_again_and_no_other_can()
    {
        var again = await Endpoint.CallAsync(HttpMethod.Put, "lake-bucket");
        var other = await Endpoint.CallAsync(HttpMethod.Put, "other-bucket");

        (again.Status, again.Body, again.Headers["Location"]).Should().Be((200, "", "/lake-bucket"));
        other.Status.Should().Be(501);
    }

    [Fact]
    public async Task A_bucket_tells_its_region()
    {
        var head = await Endpoint.CallAsync(HttpMethod.Head, "lake-bucket");

        (head.Status, head.Body, head.Headers["Content-Type"], head.Headers["x-amz-bucket-region"], head.Headers["x-amz-bucket-arn"], head.Headers["x-amz-access-point-alias"]).Should().Be(
            (200, "", "application/xml", "us-east-1", "arn:aws:s3:::lake-bucket", "false"));
        (await AskAsync("GET", "?location")).Body.Should().Be($"{Xml}<LocationConstraint xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\" />");
    }

    private static string Entries(IEnumerable<string> entries, string owner) => string.Concat(entries.Select(entry => entry.EndsWith('*')
        ? $"<CommonPrefixes><Prefix>{entry[..^1]}</Prefix></CommonPrefixes>"
        : $"<Contents><Key>{entry}</Key><LastModified>1970-01-01T00:00:00.000Z</LastModified><ETag>\"202cb962ac59075b964b07152d234b70\"</ETag><Size>3</Size>{owner}<StorageClass>STANDARD</StorageClass></Contents>"));

    private static string Token(string key) => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(key));

    private static string Value(string query, string name) => query.Split('&').Select(part => part.Split('=')).FirstOrDefault(part => part[0] == name)?[1] ?? "";

    private static string Delimiter(string query) => Value(query, "delimiter") is { Length: > 0 } delimiter ? $"<Delimiter>{delimiter}</Delimiter>" : "";

    private async Task PutAsync(params string[] keys)
    {
        foreach (var key in keys)
        {
            await Endpoint.Objects.PutAsync(key, "123"u8.ToArray());
        }
    }
}
