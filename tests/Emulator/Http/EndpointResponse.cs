namespace DataToEvents.Emulator.Tests.Http;

/// <summary>An endpoint's whole response to a call, so that a test can compare it at once.</summary>
internal sealed partial record EndpointResponse(int Status, string Body, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>More levels than any response has.</summary>
    private const int MaxDepth = 100;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MaxDepth };

    /// <summary>The JSON, after the status unless that is 200. Ids of messages, events and requests are replaced by <c>(id)</c>, because they are new each time.</summary>
    public string Json => (Status == 200 ? "" : $"{Status} ") + Id().Replace(Compact(Body), "(id)");

    /// <summary>Status, type and message of an error.</summary>
    public string Refusal => $"{Status} {Error("__type")}: {Error("message")}";

    /// <summary>Removes the white space that is only there for readers.</summary>
    public static string Compact(string json) => JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { MaxDepth = MaxDepth })!.ToJsonString(Readable);

    /// <summary>Calls an operation of AWS's JSON protocols.</summary>
    public static async Task<EndpointResponse> ToAsync(HttpClient http, string target, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(body, Encoding.UTF8, new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-amz-json-1.0")) };
        request.Headers.Add("X-Amz-Target", target);
        return await ToAsync(http, request);
    }

    public static async Task<EndpointResponse> ToAsync(HttpClient http, HttpRequestMessage request, CancellationToken cancellationToken = default)
    {
        using var response = await http.SendAsync(request, cancellationToken);
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new EndpointResponse((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken), headers);
    }

    private string? Error(string member) => (string?)JsonNode.Parse(Body)![member];

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Id();
}
