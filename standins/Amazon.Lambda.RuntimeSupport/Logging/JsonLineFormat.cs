using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Amazon.Lambda.RuntimeSupport.Logging;

/// <summary>One JSON object a line: timestamp, level, ids, message, the message's arguments by name, and the exception.</summary>
internal sealed class JsonLineFormat : ILineFormat
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Format(LogLine line)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("timestamp", line.Time.UtcDateTime.ToString(LogLine.TimeFormat, CultureInfo.InvariantCulture));
            writer.WriteString("level", line.Level.ToString());
            WriteIfSet(writer, "requestId", line.Invocation?.RequestId);
            WriteIfSet(writer, "tenantId", line.Invocation?.TenantId);
            WriteIfSet(writer, "traceId", line.Invocation?.TraceId);
            writer.WriteString("message", line.Message);
            foreach (var (name, value) in line.Properties)
            {
                writer.WritePropertyName(name);
                WriteValue(writer, value);
            }

            WriteException(writer, line.Exception);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteIfSet(Utf8JsonWriter writer, string name, string value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            writer.WriteString(name, value);
        }
    }

    private static void WriteException(Utf8JsonWriter writer, Exception exception)
    {
        if (exception is null)
        {
            return;
        }

        writer.WriteString("errorType", exception.GetType().FullName);
        writer.WriteString("errorMessage", exception.Message);
        writer.WriteStartArray("stackTrace");
        foreach (var line in exception.ToString().Split('\n'))
        {
            writer.WriteStringValue(line.Trim());
        }

        writer.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter writer, object value)
    {
        switch (value)
        {
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case sbyte or byte or short or ushort or int or uint or long:
                writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case ulong number:
                writer.WriteNumberValue(number);
                break;
            case decimal number:
                writer.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case float number when float.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            default:
                writer.WriteStringValue(MessageTemplate.TextOf(value, null));
                break;
        }
    }
}
