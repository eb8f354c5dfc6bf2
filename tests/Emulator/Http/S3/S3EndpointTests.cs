using DataToEvents.Emulator.Http;

namespace DataToEvents.Emulator.Tests.Http.S3;

/// <summary>The whole responses of S3's operations on single objects.</summary>
public sealed class S3EndpointTests : S3TestBase, ICallPolicy
{
    private readonly List<AwsCall> _calls = [];

    protected override ICallPolicy Policy => this;

    string? ICallPolicy.Refusal(AwsCall call)
    {
        _calls.Add(call);
        return call.Key == "secret" ? "a < b & c" : null;
    }

    [Fact]
    public async Task An_object_is_put_got_and_deleted()
    {
        var put = await AskAsync("PUT", "a%2Fb/J%C3%B6 1", "content");
        var got = await Endpoint.CallAsync(HttpMethod.Get, "lake-bucket/a/b/J%C3%B6%201?x-id=GetObject");
        var head = await Endpoint.CallAsync(HttpMethod.Head, "lake-bucket/a/b/J%C3%B6%201");
        var deleted = await Endpoint.CallAsync(HttpMethod.Delete, "lake-bucket/a/b/J%C3%B6%201");

        (put.Status, put.Body, put.Headers["ETag"], put.Headers["x-amz-checksum-crc64nvme"], put.Headers["x-amz-checksum-type"]).Should().Be(
            (200, "", "\"9a0364b9e99bb480dd25e1f0284c8555\"", "lhVdXyVQTGE=", "FULL_OBJECT"));
        foreach (var (answer, body) in new[] { (got, "content"), (head, "") })
        {
            (answer.Status, answer.Body, answer.Headers["ETag"], answer.Headers["Content-Length"], answer.Headers["Accept-Ranges"], answer.Headers["Content-Type"], answer.Headers["Last-Modified"]).Should().Be(
                (200, body, "\"9a0364b9e99bb480dd25e1f0284c8555\"", "7", "bytes", "binary/octet-stream", "Thu, 01 Jan 1970 00:00:00 GMT"));
        }

        (deleted.Status, deleted.Body, (await Endpoint.Objects.ListAsync()).Count).Should().Be((204, "", 0));
        _calls.Select(call => $"{call.Service} {call.Operation} {call.Bucket} {call.Key}").Should().Equal(
            "S3 PutObject lake-bucket a/b/Jö 1", "S3 GetObject lake-bucket a/b/Jö 1", "S3 HeadObject lake-bucket a/b/Jö 1", "S3 DeleteObject lake-bucket a/b/Jö 1");
    }

    [Fact]
    public async Task A_conditional_put_does_not_replace_an_object()
    {
        (await AskAsync("PUT", "a", "first", ("If-None-Match", "*"))).Status.Should().Be(200);
        var again = await AskAsync("PUT", "a", "second", ("If-None-Match", "*"));

        Told(again).Should().Be("412 PreconditionFailed: At least one of the pre-conditions you specified did not hold");
        Encoding.UTF8.GetString((await Endpoint.Objects.GetAsync("a"))!).Should().Be("first");
    }

    [Theory]
    [InlineData("5;chunk-signature=x\r\nhello\r\n0;chunk-signature=y\r\n\r\n", "hello")]
    [InlineData("5\r\nhello\r\nC\r\n, wide world\r\n0\r\nx-amz-checksum-crc32:nkbaDw==\r\n\r\n", "hello, wide world")]
    [InlineData("5\r\nhello\r\n0\r\nno trailer\r\n\r\n", null)]
    [InlineData("0\r\n\r\n", "")]
    [InlineData("5\r\nhello\r\n", null)]
    [InlineData("6\r\nhello\r\n", null)]
    [InlineData("7\r\nhello\r\n", null)]
    [InlineData("ffffffff\r\nhello\r\n0\r\n\r\n", null)]
    [InlineData("x\r\nhello\r\n0\r\n\r\n", null)]
    [InlineData("\r\n\r\n", null)]
    [InlineData("hello", null)]
    [InlineData("", null)]
    public async Task Chunks_are_joined_if_they_match_their_headers(string body, string? content)
    {
        var answer = await AskAsync("PUT", "a", body, ("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"));

        (content is null ? Told(answer) : answer.Body).Should().Be(content is null ? "400 IncompleteBody: The chunks of the request body are not what their headers say." : "");
        (await Endpoint.Objects.GetAsync("a")).Should().BeEquivalentTo(content is null ? null : Encoding.UTF8.GetBytes(content));
    }

    [Theory]
    [InlineData("GET", "none", "404 NoSuchBucket: The specified bucket does not exist")]
    [InlineData("GET", "none/a", "404 NoSuchBucket: The specified bucket does not exist")]
    [InlineData("GET", "lake-bucket/none", "404 NoSuchKey: The specified key does not exist.")]
    [InlineData("PUT", "lake-bucket?acl", "501 NotImplemented: A header or query parameter you provided implies functionality that is not implemented: acl")]
    [InlineData("PATCH", "lake-bucket/a", "501 NotImplemented: A header or operation you provided implies functionality that is not implemented.")]
    [InlineData("GET", "lake-bucket/a//b", "400 InvalidArgument: The object key 'a//b' has an empty or relative segment. (Parameter 'key')")]
    [InlineData("GET", "lake-bucket/secret", "403 AccessDenied: a &lt; b &amp; c")]
    [InlineData("GET", "lake-bucket?prefix=secret", "403 AccessDenied: a &lt; b &amp; c")]
    public async Task An_unsupported_request_is_refused_with_the_reason(string method, string path, string refusal)
    {
        var answer = await Endpoint.CallAsync(new HttpMethod(method), path);

        Told(answer).Should().Be(refusal);
        answer.Headers["Content-Type"].Should().Be("application/xml");
        answer.Body.Should().StartWith($"{Xml}<Error><Code>").And.MatchRegex("<RequestId>[^<]+</RequestId></Error>$");
    }

    [Theory]
    [InlineData("none", 404)]
    [InlineData("lake-bucket/none", 404)]
    public async Task The_response_to_HEAD_has_no_body_for_an_error(string path, int status)
    {
        var answer = await Endpoint.CallAsync(HttpMethod.Head, path);

        (answer.Status, answer.Body, answer.Headers.ContainsKey("Content-Type")).Should().Be((status, "", false));
    }

    [Fact]
    public async Task An_object_may_have_64_megabytes_and_no_more()
    {
        using var largest = new ByteArrayContent(new byte[64 << 20]);
        using var larger = new ByteArrayContent(new byte[(64 << 20) + 1]);

        using var taken = await Http.PutAsync(new Uri("lake-bucket/a", UriKind.Relative), largest);
        using var request = new HttpRequestMessage(HttpMethod.Put, "lake-bucket/b") { Content = larger };
        var refused = await EndpointResponse.ToAsync(Http, request);

        ((int)taken.StatusCode, (await Endpoint.Objects.GetAsync("a"))!.Length).Should().Be((200, 64 << 20));
        Told(refused).Should().Be("400 EntityTooLarge: Your proposed upload exceeds the maximum allowed object size.");
        refused.Headers["Connection"].Should().Be("close");
    }
}
