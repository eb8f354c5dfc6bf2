using DataToEvents.Emulator.Http;

namespace DataToEvents.Emulator.Tests.Http.S3;

/// <summary>The whole responses of S3's operations.</summary>
public sealed class S3EndpointTests : IAsyncLifetime, ICallPolicy
{
    private const string Xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

    private readonly List<AwsCall> _calls = [];
    private TestEndpoint _endpoint = null!;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        _endpoint = await TestEndpoint.StartAsync(this);
        _http = new HttpClient { BaseAddress = new Uri(_endpoint.Url) };
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _endpoint.DisposeAsync();
    }

    string? ICallPolicy.Refusal(AwsCall call)
    {
        _calls.Add(call);
        return call.Key == "secret" ? "a < b & c" : null;
    }

    [Fact]
    public async Task An_object_is_put_got_and_deleted()
    {
        var put = await PutAsync("lake-bucket/a%2Fb/J%C3%B6 1", "content");
        var got = await _endpoint.CallAsync(HttpMethod.Get, "lake-bucket/a/b/J%C3%B6%201?x-id=GetObject");
        var head = await _endpoint.CallAsync(HttpMethod.Head, "lake-bucket/a/b/J%C3%B6%201");
        var deleted = await _endpoint.CallAsync(HttpMethod.Delete, "lake-bucket/a/b/J%C3%B6%201");

        (put.Status, put.Body, put.Headers["ETag"]).Should().Be((200, "", "\"9a0364b9e99bb480dd25e1f0284c8555\""));
        foreach (var (answer, body) in new[] { (got, "content"), (head, "") })
        {
            (answer.Status, answer.Body, answer.Headers["ETag"], answer.Headers["Content-Length"], answer.Headers["Content-Type"], answer.Headers["Last-Modified"]).Should().Be(
                (200, body, "\"9a0364b9e99bb480dd25e1f0284c8555\"", "7", "application/octet-stream", "Thu, 01 Jan 1970 00:00:00 GMT"));
        }

        (deleted.Status, deleted.Body, (await _endpoint.Objects.ListAsync()).Count).Should().Be((204, "", 0));
        _calls.Select(call => $"{call.Service} {call.Operation} {call.Bucket} {call.Key}").Should().Equal(
            "S3 PutObject lake-bucket a/b/Jö 1", "S3 GetObject lake-bucket a/b/Jö 1", "S3 HeadObject lake-bucket a/b/Jö 1", "S3 DeleteObject lake-bucket a/b/Jö 1");
    }

    [Fact]
    public async Task A_conditional_put_does_not_replace_an_object()
    {
        (await PutAsync("lake-bucket/a", "first", ("If-None-Match", "*"))).Status.Should().Be(200);
        var again = await PutAsync("lake-bucket/a", "second", ("If-None-Match", "*"));

        Told(again).Should().Be("412 PreconditionFailed: At least one of the pre-conditions you specified did not hold");
        Encoding.UTF8.GetString((await _endpoint.Objects.GetAsync("a"))!).Should().Be("first");
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
        var answer = await PutAsync("lake-bucket/a", body, ("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"));

        (content is null ? Told(answer) : answer.Body).Should().Be(content is null ? "400 IncompleteBody: The chunks of the request body are not what their headers say." : "");
        (await _endpoint.Objects.GetAsync("a")).Should().BeEquivalentTo(content is null ? null : Encoding.UTF8.GetBytes(content));
    }

    [Theory]
    [InlineData("", "a/1 a/2 a/b/3 z é", "1000", null)]
    [InlineData("?prefix=a/", "a/1 a/2 a/b/3", "1000", null)]
    [InlineData("?prefix=none", "", "1000", null)]
    [InlineData("?delimiter=/", "a/* z é", "1000", null)]
    [InlineData("?delimiter=/&prefix=a/", "a/1 a/2 a/b/*", "1000", null)]
    [InlineData("?delimiter=b/&prefix=a", "a/1 a/2 a/b/*", "1000", null)]
    [InlineData("?delimiter=/&prefix=z", "z", "1000", null)]
    [InlineData("?delimiter=z&prefix=z", "z", "1000", null)]
    [InlineData("?max-keys=2", "a/1 a/2", "2", "a/2")]
    [InlineData("?max-keys=5", "a/1 a/2 a/b/3 z é", "5", null)]
    [InlineData("?max-keys=2&continuation-token=a/2&start-after=z", "a/b/3 z", "2", "z")]
    [InlineData("?start-after=a/b", "a/b/3 z é", "1000", null)]
    [InlineData("?max-keys=1&delimiter=/", "a/*", "1", "a/")]
    [InlineData("?max-keys=1&delimiter=/&continuation-token=a/", "z", "1", "z")]
    [InlineData("?max-keys=5000", "a/1 a/2 a/b/3 z é", "1000", null)]
    [InlineData("?max-keys=many", "a/1 a/2 a/b/3 z é", "1000", null)]
    public async Task A_listing_has_keys_and_common_prefixes_in_order_and_a_token_for_the_next_page(string query, string entries, string limit, string? next)
    {
        foreach (var key in new[] { "z", "é", "a/2", "a/1", "a/b/3" })
        {
            await _endpoint.Objects.PutAsync(key, "123"u8.ToArray());
        }

        var listed = entries.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var answer = await _endpoint.CallAsync(HttpMethod.Get, $"lake-bucket/{query}");

        answer.Headers["Content-Type"].Should().Be("application/xml");
        answer.Body.Should().Be(
            $"{Xml}<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>lake-bucket</Name><Prefix>{Prefix(query)}</Prefix>"
            + $"<KeyCount>{listed.Length}</KeyCount><MaxKeys>{limit}</MaxKeys><IsTruncated>{(next is null ? "false" : "true")}</IsTruncated>"
            + (next is null ? "" : $"<NextContinuationToken>{next}</NextContinuationToken>")
            + string.Concat(listed.Select(entry => entry.EndsWith('*')
                ? $"<CommonPrefixes><Prefix>{entry[..^1]}</Prefix></CommonPrefixes>"
                : $"<Contents><Key>{entry}</Key><LastModified>1970-01-01T00:00:00.000Z</LastModified><Size>3</Size><StorageClass>STANDARD</StorageClass></Contents>"))
            + "</ListBucketResult>");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    public async Task A_listing_of_no_keys_is_complete(string limit)
    {
        await _endpoint.Objects.PutAsync("a", "123"u8.ToArray());

        (await _endpoint.CallAsync(HttpMethod.Get, $"lake-bucket?max-keys={limit}")).Body.Should().Be(
            $"{Xml}<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>lake-bucket</Name><Prefix></Prefix><KeyCount>0</KeyCount><MaxKeys>0</MaxKeys><IsTruncated>false</IsTruncated></ListBucketResult>");
    }

    [Theory]
    [InlineData("GET", "none", "404 NoSuchBucket: The specified bucket does not exist")]
    [InlineData("GET", "none/a", "404 NoSuchBucket: The specified bucket does not exist")]
    [InlineData("GET", "lake-bucket/none", "404 NoSuchKey: The specified key does not exist.")]
    [InlineData("PUT", "lake-bucket", "501 NotImplemented: A header or operation you provided implies functionality that is not implemented.")]
    [InlineData("PATCH", "lake-bucket/a", "501 NotImplemented: A header or operation you provided implies functionality that is not implemented.")]
    [InlineData("GET", "lake-bucket/a//b", "400 InvalidArgument: The object key &apos;a//b&apos; has an empty or relative segment. (Parameter &apos;key&apos;)")]
    [InlineData("GET", "lake-bucket/secret", "403 AccessDenied: a &lt; b &amp; c")]
    [InlineData("GET", "lake-bucket?prefix=secret", "403 AccessDenied: a &lt; b &amp; c")]
    public async Task An_unsupported_request_is_refused_with_the_reason(string method, string path, string refusal)
    {
        var answer = await _endpoint.CallAsync(new HttpMethod(method), path);

        Told(answer).Should().Be(refusal);
        answer.Headers["Content-Type"].Should().Be("application/xml");
        answer.Body.Should().StartWith($"{Xml}<Error><Code>").And.MatchRegex("</Message><RequestId>[^<]+</RequestId></Error>$");
    }

    [Theory]
    [InlineData("lake-bucket", 200)]
    [InlineData("none", 404)]
    [InlineData("lake-bucket/none", 404)]
    public async Task The_response_to_HEAD_has_no_body_even_for_an_error(string path, int status)
    {
        var answer = await _endpoint.CallAsync(HttpMethod.Head, path);

        (answer.Status, answer.Body, answer.Headers.ContainsKey("Content-Type")).Should().Be((status, "", false));
    }

    [Fact]
    public async Task An_object_may_have_64_megabytes_and_no_more()
    {
        using var largest = new ByteArrayContent(new byte[64 << 20]);
        using var larger = new ByteArrayContent(new byte[(64 << 20) + 1]);

        using var taken = await _http.PutAsync(new Uri("lake-bucket/a", UriKind.Relative), largest);
        using var request = new HttpRequestMessage(HttpMethod.Put, "lake-bucket/b") { Content = larger };
        var refused = await EndpointResponse.ToAsync(_http, request);

        ((int)taken.StatusCode, (await _endpoint.Objects.GetAsync("a"))!.Length).Should().Be((200, 64 << 20));
        Told(refused).Should().Be("400 EntityTooLarge: Your proposed upload exceeds the maximum allowed object size.");
        refused.Headers["Connection"].Should().Be("close");
    }

    private static string Told(EndpointResponse answer) => $"{answer.Status} {Between(answer.Body, "<Code>", "</Code>")}: {Between(answer.Body, "<Message>", "</Message>")}";

    private static string Between(string text, string start, string end) => text.Split(start)[1].Split(end)[0];

    private static string Prefix(string query) => query.Split("prefix=") is [_, var prefix] ? prefix : "";

    private async Task<EndpointResponse> PutAsync(string path, string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = new StringContent(body) };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await EndpointResponse.ToAsync(_http, request);
    }
}
