namespace DataToEvents.Emulator.Tests.Http.S3;

/// <summary>URLs that are signed by their query. What S3 answers was recorded by LocalStack; a wrong signature is accepted, as the emulator knows no secret keys.</summary>
public sealed class S3PresignedTests : S3TestBase
{
    private const string Version4 = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=c&X-Amz-SignedHeaders=host&X-Amz-Signature=s";

    private const string Version2 = "AWSAccessKeyId=k&Signature=s";

    private static string Now => DateTimeOffset.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Endpoint.Objects.PutAsync("a", "first"u8.ToArray());
    }

    [Fact]
    public async Task A_URL_that_is_still_valid_is_answered()
    {
        (await AskAsync("GET", $"a?{Version4}&X-Amz-Date={Now}&X-Amz-Expires=604800")).Body.Should().Be("first");
        (await AskAsync("GET", $"a?{Version2}&Expires={DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds()}")).Body.Should().Be("first");
        // s3: TestS3PresignedUrl::test_put_object.
        (await AskAsync("PUT", $"b?{Version4}&X-Amz-Date={Now}&X-Amz-Expires=60", "something")).Headers["ETag"].Should().Be("\"437b930db84b8079c2dd804a71936b5f\"");
        (await StoredAsync("b")).Should().Be("something");
    }

    // s3: TestS3PresignedUrl::test_s3_presigned_url_expired, test_presigned_url_signature_authentication_expired.
    [Fact]
    public async Task A_URL_that_has_expired_is_refused_with_the_time_of_its_end()
    {
        Error(await AskAsync("PUT", $"a?{Version4}&X-Amz-Date=20260101T000000Z&X-Amz-Expires=2")).Should().MatchRegex("^403 AccessDenied, X-Amz-Expires=2, Expires=2026-01-01T00:00:02Z, ServerTime=[0-9T:-]+Z$");
        Error(await AskAsync("GET", $"a?{Version2}&Expires=60")).Should().MatchRegex("^403 AccessDenied, Expires=1970-01-01T00:01:00Z, ServerTime=[0-9T:-]+Z$");
        Told(await AskAsync("GET", $"a?{Version2}&Expires=60")).Should().Be("403 AccessDenied: Request has expired");
        (await StoredAsync("a")).Should().Be("first");
    }

    // s3: TestS3PresignedUrl::test_s3_put_presigned_url_missing_sig_param.
    [Theory]
    [InlineData("X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=c", "400 AuthorizationQueryParametersError: Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.")]
    [InlineData("AWSAccessKeyId=k&Expires=60", "403 AccessDenied: Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters")]
    [InlineData($"{Version4}&X-Amz-Date=d&X-Amz-Expires=60", "400 AuthorizationQueryParametersError: X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"")]
    [InlineData($"{Version4}&X-Amz-Date=20260101T000000Z&X-Amz-Expires=x", "400 AuthorizationQueryParametersError: X-Amz-Expires should be a number")]
    [InlineData($"{Version4}&X-Amz-Date=20260101T000000Z&X-Amz-Expires=-1", "400 AuthorizationQueryParametersError: X-Amz-Expires must be non-negative")]
    [InlineData($"{Version4}&X-Amz-Date=20260101T000000Z&X-Amz-Expires=604801", "400 AuthorizationQueryParametersError: X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds")]
    [InlineData($"{Version2}&Expires=x", "403 AccessDenied: Invalid date (should be seconds since epoch): x")]
    public async Task A_URL_that_is_not_complete_is_refused(string query, string refusal)
    {
        Told(await AskAsync("PUT", $"a?{query}")).Replace("&quot;", "\"", StringComparison.Ordinal).Should().Be(refusal);
        (await StoredAsync("a")).Should().Be("first");
    }
}
