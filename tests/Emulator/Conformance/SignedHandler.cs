namespace DataToEvents.Emulator.Tests.Conformance;

/// <summary>Signs requests by AWS's Signature Version 4, so that the same requests go to an emulator and to AWS. Source: AWS IAM User Guide, "Create a signed AWS API request".</summary>
/// <param name="service">The name in the credential scope, such as <c>sqs</c>.</param>
/// <param name="region">The region.</param>
/// <param name="key">The access key.</param>
/// <param name="clock">The time of the signature.</param>
internal sealed class SignedHandler(string service, string region, AccessKey key, TimeProvider clock) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        Sign(request, body);
        return await base.SendAsync(request, cancellationToken);
    }

    public void Sign(HttpRequestMessage request, byte[] body)
    {
        var time = clock.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var hash = Hex(SHA256.HashData(body));
        request.Headers.Host = request.RequestUri!.IsDefaultPort ? request.RequestUri.Host : request.RequestUri.Authority;
        Set(request, "x-amz-date", time);
        if (service == "s3")
        {
            Set(request, "x-amz-content-sha256", hash);
        }

        if (key.Token is { } token)
        {
            Set(request, "x-amz-security-token", token);
        }

        var headers = request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? [])
            .Select(static header => (Name: header.Key.ToLowerInvariant(), Value: string.Join(',', header.Value).Trim()))
            .Where(static header => header.Name is "host" or "content-type" || header.Name.StartsWith("x-amz-", StringComparison.Ordinal))
            .OrderBy(static header => header.Name, StringComparer.Ordinal).ToList();
        var names = string.Join(';', headers.Select(static header => header.Name));
        var canonical = string.Join('\n', request.Method.Method, Path(request.RequestUri), Query(request.RequestUri), string.Concat(headers.Select(static header => $"{header.Name}:{header.Value}\n")), names, hash);
        var scope = $"{time[..8]}/{region}/{service}/aws4_request";
        var signature = Hex(Mac(SigningKey(time[..8]), $"AWS4-HMAC-SHA256\n{time}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}"));
        request.Headers.Remove("Authorization");
        request.Headers.TryAddWithoutValidation("Authorization", $"AWS4-HMAC-SHA256 Credential={key.Id}/{scope}, SignedHeaders={names}, Signature={signature}");
    }

    private static void Set(HttpRequestMessage request, string name, string value)
    {
        request.Headers.Remove(name);
        request.Headers.TryAddWithoutValidation(name, value);
    }

    /// <summary>S3 signs the path as it is sent, other services encode it once more.</summary>
    private string Path(Uri uri) => service == "s3" ? uri.AbsolutePath : string.Join('/', uri.AbsolutePath.Split('/').Select(Uri.EscapeDataString));

    private static string Query(Uri uri) => string.Join('&', uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(static part => part.Contains('=', StringComparison.Ordinal) ? part : $"{part}=").Order(StringComparer.Ordinal));

    private byte[] SigningKey(string date) => Mac(Mac(Mac(Mac(Encoding.UTF8.GetBytes($"AWS4{key.Secret}"), date), region), service), "aws4_request");

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}

/// <param name="Id">The id of the key.</param>
/// <param name="Secret">The secret.</param>
/// <param name="Token">The token of a session; null: none.</param>
internal sealed record AccessKey(string Id, string Secret, string? Token);
