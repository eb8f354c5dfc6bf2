using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Amazon.Lambda.Annotations.APIGateway;

/// <summary>The JSON that API Gateway reads: payload format 2.0 joins the values of a header, REST and 1.0 list them.</summary>
internal static class HttpAnswer
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static MemoryStream Write(
        HttpStatusCode status, Dictionary<string, IList<string>> headers, HttpBody body, HttpResultSerializationOptions options)
    {
        var answer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(answer, Options))
        {
            writer.WriteStartObject();
            writer.WriteNumber("statusCode", (int)status);
            var isVersion2 = options is
            {
                Format: HttpResultSerializationOptions.ProtocolFormat.HttpApi,
                Version: HttpResultSerializationOptions.ProtocolVersion.V2,
            };
            WriteHeaders(writer, headers, isVersion2);
            if (body.ContentType is null)
            {
                writer.WriteNull("body");
            }
            else
            {
                writer.WriteString("body", body.Utf8.Span);
            }

            writer.WriteBoolean("isBase64Encoded", body.IsBase64);
            writer.WriteEndObject();
        }

        answer.Position = 0;
        return answer;
    }

    private static void WriteHeaders(Utf8JsonWriter writer, Dictionary<string, IList<string>> headers, bool joined)
    {
        writer.WriteStartObject(joined ? "headers" : "multiValueHeaders");
        foreach (var (name, values) in headers)
        {
            if (joined)
            {
                writer.WriteString(name, string.Join(',', values));
                continue;
            }

            writer.WriteStartArray(name);
            foreach (var value in values)
            {
                writer.WriteStringValue(value);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }
}
