using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;
using DataToEvents.Domain;

namespace DataToEvents.Adapters.Shared;

/// <summary>
/// AWS Signature Version 4 of requests without a query (docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html). The SDK's
/// signer makes 10 KB of text and arrays a call, and derives its key, which is good for a day, at each.
/// </summary>
internal sealed class RequestSigner(string region, string service)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";
    private const string Terminator = "aws4_request";
    private const int UsualLength = 2_048;

    private DayKey? _key;

    /// <param name="method">HTTP's.</param>
    /// <param name="path">Escaped as it is sent.</param>
    /// <param name="headers">By their names in lower case, in order; one is <c>x-amz-date</c>.</param>
    /// <param name="date">That header: <c>yyyyMMddTHHmmssZ</c>.</param>
    /// <param name="bodyHash">SHA-256 of the body in hex.</param>
    /// <param name="credentials">Whose signature.</param>
    /// <returns>The header <c>Authorization</c>.</returns>
    public string Sign(HttpMethod method, string path, IReadOnlyList<(string Name, string Value)> headers, string date, string bodyHash, ImmutableCredentials credentials)
    {
        var names = string.Join(';', headers.Select(static header => header.Name));
        var key = KeyOf(credentials, date[..8]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        using var text = new PooledBytes(UsualLength);

        Write(text, method.Method, "\n", path, "\n\n");
        foreach (var (name, value) in headers)
        {
            Write(text, name, ":", value, "\n");
        }

        Write(text, "\n", names, "\n", bodyHash);
        SHA256.HashData(text.Written.Span, hash);
        text.Clear();
        Write(text, Algorithm, "\n", date, "\n", key.Scope, "\n", Convert.ToHexStringLower(hash));
        HMACSHA256.HashData(key.Key, text.Written.Span, hash);
        return $"{Algorithm} Credential={credentials.AccessKey}/{key.Scope}, SignedHeaders={names}, Signature={Convert.ToHexStringLower(hash)}";
    }

    private static void Write(PooledBytes text, params ReadOnlySpan<string> parts)
    {
        foreach (var part in parts)
        {
            Encoding.UTF8.GetBytes(part, text);
        }
    }

    private DayKey KeyOf(ImmutableCredentials credentials, string day)
    {
        if (_key is { } known && known.Day == day && known.SecretKey == credentials.SecretKey)
        {
            return known;
        }

        var key = Encoding.UTF8.GetBytes($"AWS4{credentials.SecretKey}");
        foreach (var part in new[] { day, region, service, Terminator })
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        return _key = new DayKey(day, credentials.SecretKey, $"{day}/{region}/{service}/{Terminator}", key);
    }

    private sealed record DayKey(string Day, string SecretKey, string Scope, byte[] Key);
}
