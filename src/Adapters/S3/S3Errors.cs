using System.Net;
using Amazon.Runtime;
using Amazon.S3;

namespace DataToEvents.Adapters.S3;

/// <summary>S3's errors: XML with a code and a message.</summary>
internal static class S3Errors
{
    /// <param name="response">Is disposed of.</param>
    public static async Task<AmazonS3Exception> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using (response)
        {
            var xml = await response.Content.ReadAsStringAsync(cancellationToken);
            var code = Element(xml, "Code") ?? $"HTTP {(int)response.StatusCode}";
            var id = response.Headers.TryGetValues("x-amz-request-id", out var ids) ? ids.First() : null;
            var type = response.StatusCode < HttpStatusCode.InternalServerError ? ErrorType.Sender : ErrorType.Receiver;
            return new AmazonS3Exception(Element(xml, "Message") ?? code, null, type, code, id, response.StatusCode);
        }
    }

    /// <summary>A body that is no such XML (a proxy's) says nothing.</summary>
    private static string? Element(string xml, string name)
    {
        var start = xml.IndexOf($"<{name}>", StringComparison.Ordinal) + name.Length + 2;
        var end = xml.IndexOf($"</{name}>", StringComparison.Ordinal);
        return start < name.Length + 2 || end < start ? null : WebUtility.HtmlDecode(xml[start..end]);
    }
}
