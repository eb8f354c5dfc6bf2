using DataToEvents.Emulator.Objects;
using Microsoft.Net.Http.Headers;

namespace DataToEvents.Emulator.Http.S3;

/// <summary>The conditions of requests, in the order of RFC 9110, section 13.2.2: tags go before dates.</summary>
internal static class S3Conditions
{
    public const string SourcePrefix = "x-amz-copy-source-";

    private const string Match = "If-Match";
    private const string NoneMatch = "If-None-Match";
    private const string ModifiedSince = "If-Modified-Since";
    private const string UnmodifiedSince = "If-Unmodified-Since";

    public static readonly string[] OfReads = [Match, NoneMatch, ModifiedSince, UnmodifiedSince];

    /// <returns>Whether the client has the object already (304).</returns>
    /// <exception cref="S3Exception">A condition does not hold (412).</exception>
    public static bool IsKnown(S3Call call, ObjectContent content) => Failing(call, content, "") switch
    {
        null => false,
        NoneMatch or ModifiedSince => true,
        var condition => throw new S3Exception(S3Error.PreconditionFailed(condition)),
    };

    /// <exception cref="S3Exception">A condition on the source of a copy does not hold.</exception>
    public static void VerifySource(S3Call call, ObjectContent source)
    {
        if (Failing(call, source, SourcePrefix) is { } condition)
        {
            throw new S3Exception(S3Error.PreconditionFailed(SourcePrefix + condition));
        }
    }

    /// <summary>What S3 does not take as the condition of a write: two of them, any tag, or none of some tags.</summary>
    public static S3Error? WriteRefusal(HttpRequest request)
    {
        var (match, noneMatch) = (request.Headers.IfMatch, request.Headers.IfNoneMatch);
        return match.Count > 0 && noneMatch.Count > 0 ? S3Error.ConditionNotHonoured($"{Match},{NoneMatch}", "Multiple conditional request headers present in the request")
            : match == "*" ? NotAccepted(Match)
            : noneMatch.Count > 0 && noneMatch != "*" ? NotAccepted(NoneMatch)
            : null;
    }

    /// <summary>Compares the object that a write would replace. The caller has the key's lock.</summary>
    /// <returns>The condition; null if the request has none.</returns>
    /// <exception cref="S3Exception">The condition does not hold.</exception>
    public static async Task<string?> VerifyWriteAsync(S3Call call)
    {
        var (match, noneMatch) = (call.Header(Match), call.Header(NoneMatch));
        if (match is null && noneMatch is null)
        {
            return null;
        }

        // S3Request has refused what WriteRefusal names.
        var tag = await call.Bucket.ETagAsync(call.Key, call.Aborted);
        return (match, tag) switch
        {
            (null, null) => NoneMatch,
            (null, _) => throw new S3Exception(S3Error.PreconditionFailed(NoneMatch)),
            (_, null) => throw new S3Exception(S3Error.NoSuchKey(call.Key)),
            _ => Lists(match, tag) ? Match : throw new S3Exception(S3Error.PreconditionFailed(Match)),
        };
    }

    private static S3Error NotAccepted(string header) => S3Error.ConditionNotHonoured(header, $"We don't accept the provided value of {header} header for this API");

    private static string? Failing(S3Call call, ObjectContent content, string prefix)
    {
        // HTTP has no parts of seconds.
        var modified = DateTimeOffset.FromUnixTimeSeconds(content.Modified.ToUnixTimeSeconds());
        if (call.Header(prefix + Match) is { } match)
        {
            if (!Lists(match, content.ETag))
            {
                return Match;
            }
        }
        else if (Date(call, prefix + UnmodifiedSince) < modified)
        {
            return UnmodifiedSince;
        }

        if (call.Header(prefix + NoneMatch) is { } noneMatch)
        {
            return Lists(noneMatch, content.ETag) ? NoneMatch : null;
        }

        // S3 does not take a date in the future for one.
        return Date(call, prefix + ModifiedSince) is { } date && date <= call.Clock.GetUtcNow() && modified <= date ? ModifiedSince : null;
    }

    private static bool Lists(string tags, string tag) => tags.Split(',', StringSplitOptions.TrimEntries)
        .Any(listed => listed == "*" || (listed.StartsWith("W/", StringComparison.Ordinal) ? listed[2..] : listed).Trim('"') == tag);

    private static DateTimeOffset? Date(S3Call call, string header) => call.Header(header) is not { } text
        ? null
        : HeaderUtilities.TryParseDate(text, out var date)
            ? date
            : throw new S3Exception(S3Error.InvalidArgument("The value is not a date of HTTP.", header, text));
}
