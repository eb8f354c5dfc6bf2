using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Amazon.Lambda.RuntimeSupport.RuntimeApi;

/// <summary>An exception in the shape that Lambda hands to callers: errorType, errorMessage, stackTrace, cause, causes.</summary>
internal static class ErrorJson
{
    /// <summary>Bounds that keep any exception well under the 256 KB that Lambda takes of an error.</summary>
    private const int LongestMessage = 16 * 1024;
    private const int MostFrames = 100;
    private const int MostCauses = 4;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string TypeOf(Exception error) => error.GetType().Name;

    public static byte[] Write(Exception error)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            Write(writer, error, MostCauses);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, Exception error, int causesLeft)
    {
        writer.WriteStartObject();
        writer.WriteString("errorType", TypeOf(error));
        writer.WriteString("errorMessage", error.Message.Length > LongestMessage ? error.Message[..LongestMessage] : error.Message);
        WriteStackTrace(writer, error.StackTrace);
        if (causesLeft > 0 && error.InnerException is { } cause)
        {
            writer.WritePropertyName("cause");
            Write(writer, cause, causesLeft - 1);
        }

        if (causesLeft > 0 && error is AggregateException { InnerExceptions: var causes })
        {
            writer.WriteStartArray("causes");
            foreach (var one in causes.Take(causesLeft))
            {
                Write(writer, one, 0);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteStackTrace(Utf8JsonWriter writer, string stackTrace)
    {
        writer.WriteStartArray("stackTrace");
        foreach (var frame in (stackTrace ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(MostFrames))
        {
            writer.WriteStringValue(frame);
        }

        writer.WriteEndArray();
    }
}
