using DataToEvents.Emulator.Http;

namespace DataToEvents.Emulator.Tests.Http.S3;

/// <summary>Writes under conditions, and deletions. Sources are scenarios that LocalStack recorded on AWS.</summary>
public sealed class S3WriteTests : S3TestBase, ICallPolicy
{
    private const string TagOfTest = "\"098f6bcd4621d373cade4e832627b4f6\"";

    protected override ICallPolicy Policy => this;

    string? ICallPolicy.Refusal(AwsCall call) => call is { Operation: "DeleteObject", Key: "secret" } ? "not you" : null;

    // s3_api: TestS3ObjectWritePrecondition::test_put_object_if_none_match, test_put_object_if_match, test_copy_object_if_none_match, test_copy_object_if_match.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_write_takes_place_if_its_condition_on_the_object_before_it_holds(bool copies)
    {
        await Endpoint.Objects.PutAsync("source", "test"u8.ToArray());
        Task<EndpointResponse> WriteAsync(string key, params (string, string)[] headers) =>
            AskAsync("PUT", key, copies ? "" : "test", copies ? [("x-amz-copy-source", "lake-bucket/source"), .. headers] : headers);

        (await WriteAsync("a", ("If-None-Match", "*"))).Status.Should().Be(200);
        Error(await WriteAsync("a", ("If-None-Match", "*"))).Should().Be("412 PreconditionFailed, Condition=If-None-Match");
        Error(await WriteAsync("a", ("If-Match", "\"wrong\""))).Should().Be("412 PreconditionFailed, Condition=If-Match");
        (await WriteAsync("a", ("If-Match", TagOfTest))).Status.Should().Be(200);
        (await WriteAsync("a", ("If-Match", TagOfTest.Trim('"')))).Status.Should().Be(200);
        Error(await WriteAsync("none", ("If-Match", TagOfTest))).Should().Be("404 NoSuchKey, Key=none");
        Error(await WriteAsync("a", ("If-Match", TagOfTest), ("If-None-Match", "*"))).Should().StartWith("501 NotImplemented, Header=If-Match,If-None-Match");
        Error(await WriteAsync("a", ("If-Match", "*"))).Should().StartWith("501 NotImplemented, Header=If-Match");
        (await Endpoint.Objects.ListAsync()).Should().Equal("a", "source");
    }

    [Fact]
    public async Task Of_many_writers_under_one_condition_one_writes()
    {
        await Endpoint.Objects.PutAsync("b", "test"u8.ToArray());
        var made = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => AskAsync("PUT", "a", $"{i}", ("If-None-Match", "*"))));
        var replaced = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => AskAsync("PUT", "b", $"{i}", ("If-Match", TagOfTest))));

        made.Count(answer => answer.Status == 200).Should().Be(1);
        replaced.Count(answer => answer.Status == 200).Should().Be(1);
    }

    // s3: TestS3::test_s3_batch_delete_objects, test_delete_non_existing_keys, test_delete_non_existing_keys_quiet.
    [Theory]
    [InlineData("", "200 Deleted(Key=a/1), Deleted(Key=none), Deleted(Key=x & y), Error(Key=secret, Code=AccessDenied, Message=not you)")]
    [InlineData("<Quiet>true</Quiet>", "200 Error(Key=secret, Code=AccessDenied, Message=not you)")]
    public async Task Many_objects_are_deleted_with_a_result_for_each(string quiet, string result)
    {
        foreach (var key in new[] { "a/1", "x & y", "secret", "stays" })
        {
            await Endpoint.Objects.PutAsync(key, new byte[1]);
        }

        var deleted = await DeleteAsync($"<Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">{Keys("a/1", "none", "x &amp; y", "secret")}{quiet}</Delete>");

        Members(deleted).Should().Be(result);
        (await Endpoint.Objects.ListAsync()).Should().Equal("secret", "stays");
    }

    // s3_api: TestS3DeletePrecondition::test_delete_object_if_match_non_express; an object that is not there: "How to perform conditional deletes" in the Amazon S3 User Guide.
    [Fact]
    public async Task An_object_is_deleted_if_the_condition_on_it_holds()
    {
        await Endpoint.Objects.PutAsync("a", "test"u8.ToArray());
        await Endpoint.Objects.PutAsync("b", "test"u8.ToArray());

        Error(await AskAsync("DELETE", "a", ("If-Match", "\"wrong\""))).Should().Be("412 PreconditionFailed, Condition=If-Match");
        Error(await AskAsync("DELETE", "none", ("If-Match", TagOfTest))).Should().Be("404 NoSuchKey, Key=none");
        (await Endpoint.Objects.ListAsync()).Should().Equal("a", "b");
        (await AskAsync("DELETE", "a", ("If-Match", TagOfTest))).Status.Should().Be(204);
        (await AskAsync("DELETE", "b", ("If-Match", "*"))).Status.Should().Be(204);
        (await Endpoint.Objects.ListAsync()).Should().BeEmpty();
    }

    // s3_api: TestS3DeletePrecondition::test_delete_object_if_match_modified_non_express, test_delete_object_if_match_size_non_express, test_delete_object_if_match_all_non_express.
    [Theory]
    [InlineData("x-amz-if-match-last-modified-time", "Wed, 21 Oct 2015 07:28:00 GMT")]
    [InlineData("x-amz-if-match-size", "1")]
    public async Task A_condition_of_directory_buckets_is_refused_as_S3_does(string header, string value)
    {
        await Endpoint.Objects.PutAsync("a", new byte[1]);

        Error(await AskAsync("DELETE", "a", ("If-Match", "\"any\""), (header, value))).Should().Be($"501 NotImplemented, Header={header}");
        (await Endpoint.Objects.ListAsync()).Should().Equal("a");
    }

    // s3_api: TestS3ObjectLock::test_delete_object_with_no_locking.
    [Theory]
    [InlineData("DELETE", "a", "true")]
    [InlineData("DELETE", "a", "false")]
    [InlineData("POST", "?delete", "true")]
    public async Task A_lock_is_not_passed_over_in_a_bucket_without_locks(string method, string target, string value)
    {
        await Endpoint.Objects.PutAsync("a", new byte[1]);

        Error(await AskAsync(method, target, $"<Delete>{Keys("a")}</Delete>", ("x-amz-bypass-governance-retention", value))).Should().Be("400 InvalidArgument, ArgumentName=x-amz-bypass-governance-retention");
        (await Endpoint.Objects.ListAsync()).Should().Equal("a");
    }

    [Theory]
    [InlineData("<Delete></Delete>", "400 MalformedXML")]
    [InlineData("<Delete><Object><Key/></Object></Delete>", "400 MalformedXML")]
    [InlineData("<Delete><Object><Key>a</Key></Object><Other/></Delete>", "400 MalformedXML")]
    [InlineData("<Other/>", "400 MalformedXML")]
    [InlineData("no XML", "400 MalformedXML")]
    [InlineData("<!DOCTYPE x [<!ENTITY k 'a'>]><Delete><Object><Key>&k;</Key></Object></Delete>", "400 MalformedXML")]
    [InlineData("<Delete><Object><Key>a</Key><VersionId>null</VersionId></Object></Delete>", "501 NotImplemented")]
    [InlineData("<Delete><Object><Key>a</Key><ETag>e</ETag></Object></Delete>", "501 NotImplemented")]
    public async Task Malformed_deletions_delete_nothing(string body, string error)
    {
        await Endpoint.Objects.PutAsync("a", new byte[1]);

        Error(await DeleteAsync(body)).Should().Be(error);
        (await Endpoint.Objects.ListAsync()).Should().Equal("a");
    }

    [Fact]
    public async Task At_most_a_thousand_objects_are_deleted_at_once_and_only_with_a_checksum()
    {
        await Endpoint.Objects.PutAsync("k0", new byte[1]);
        var thousand = Keys([.. Enumerable.Range(0, 1000).Select(i => $"k{i}")]);

        Error(await DeleteAsync($"<Delete>{thousand}{Keys("one-more")}</Delete>")).Should().Be("400 MalformedXML");
        Error(await AskAsync("POST", "?delete", $"<Delete>{thousand}</Delete>")).Should().Be("400 InvalidRequest");
        Error(await AskAsync("POST", "?delete", $"<Delete>{thousand}</Delete>", ("x-amz-checksum-crc32", "AAAAAA=="))).Should().Be("400 BadDigest");
        (await Endpoint.Objects.ListAsync()).Should().Equal("k0");
        (await DeleteAsync($"<Delete>{thousand}</Delete>")).Status.Should().Be(200);
        (await Endpoint.Objects.ListAsync()).Should().BeEmpty();
    }

    private static string Keys(params string[] keys) => string.Concat(keys.Select(key => $"<Object><Key>{key}</Key></Object>"));

    private Task<EndpointResponse> DeleteAsync(string body) =>
        AskAsync("POST", "?delete", body, ("x-amz-checksum-sha256", Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(body)))));
}
