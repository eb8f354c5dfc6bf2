using System.Text.Json.Serialization;

namespace Amazon.Lambda.APIGatewayEvents;

/// <summary>The answer to an HTTP API request, payload format 2.0.</summary>
public class APIGatewayHttpApiV2ProxyResponse
{
    [JsonPropertyName("statusCode")]
    public int StatusCode { get; set; }

    [JsonPropertyName("headers")]
    public IDictionary<string, string> Headers { get; set; }

    [JsonPropertyName("cookies")]
    public string[] Cookies { get; set; }

    [JsonPropertyName("body")]
    public string Body { get; set; }

    [JsonPropertyName("isBase64Encoded")]
    public bool IsBase64Encoded { get; set; }

    /// <inheritdoc cref="SetHeaderValues(string, IEnumerable{string}, bool)" />
    public void SetHeaderValues(string headerName, string value, bool append) => SetHeaderValues(headerName, [value], append);

    /// <summary>Sets a header to the values joined with commas, after those it already has when appending.</summary>
    public void SetHeaderValues(string headerName, IEnumerable<string> values, bool append)
    {
        Headers ??= new Dictionary<string, string>();
        var joined = string.Join(',', values);
        Headers[headerName] = append && Headers.TryGetValue(headerName, out var present) ? $"{present},{joined}" : joined;
    }
}
