namespace DataToEvents.Emulator.Http.S3;

/// <summary>
/// The parameters by which a URL is signed, versions 4 and 2. A URL that is incomplete or out of date is refused as S3 refuses it; the signature is not checked, as
/// this endpoint knows no secret keys.
/// </summary>
internal static class PresignedUrl
{
    /// <summary>S3: a URL is valid for seven days at most.</summary>
    private const int MaxSeconds = 604_800;

    private const string Malformed = "AuthorizationQueryParametersError";

    private static readonly string[] OfVersion4 = ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "X-Amz-Date", "X-Amz-SignedHeaders", "X-Amz-Expires"];

    private static readonly string[] OfVersion2 = ["Signature", "Expires", "AWSAccessKeyId"];

    /// <returns>Null if the request is not signed by its URL, or the URL is complete and still valid.</returns>
    public static S3Error? Refusal(HttpRequest request, DateTimeOffset now)
    {
        var (four, two) = (OfVersion4.Count(request.Query.ContainsKey), OfVersion2.Count(request.Query.ContainsKey));
        return four > 0
            ? four == OfVersion4.Length
                ? RefusalOf4(request.Query, now)
                : new S3Error(400, Malformed, "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.")
            : two == 0 ? null
            : two == OfVersion2.Length
                ? RefusalOf2(request.Query, now)
                : S3Error.AccessDenied with { Message = "Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters" };
    }

    private static S3Error? RefusalOf4(IQueryCollection query, DateTimeOffset now)
    {
        if (!DateTimeOffset.TryParseExact(query["X-Amz-Date"], "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var signed))
        {
            return new S3Error(400, Malformed, "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
        }

        if (!long.TryParse(query["X-Amz-Expires"], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds))
        {
            return new S3Error(400, Malformed, "X-Amz-Expires should be a number");
        }

        return seconds < 0 ? new S3Error(400, Malformed, "X-Amz-Expires must be non-negative")
            : seconds > MaxSeconds ? new S3Error(400, Malformed, "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds")
            : signed.AddSeconds(seconds) < now ? Expired(signed.AddSeconds(seconds), now, ("X-Amz-Expires", $"{seconds}"))
            : null;
    }

    private static S3Error? RefusalOf2(IQueryCollection query, DateTimeOffset now) =>
        !long.TryParse(query["Expires"], NumberStyles.None, CultureInfo.InvariantCulture, out var expires) || expires > DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? S3Error.AccessDenied with { Message = "Invalid date (should be seconds since epoch): " + query["Expires"] }
            : DateTimeOffset.FromUnixTimeSeconds(expires) is var end && end < now ? Expired(end, now)
            : null;

    private static S3Error Expired(DateTimeOffset end, DateTimeOffset now, params (string Name, string Value)[] more) =>
        S3Error.AccessDenied with { Message = "Request has expired", Details = [.. more, ("Expires", Time(end)), ("ServerTime", Time(now))] };

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
