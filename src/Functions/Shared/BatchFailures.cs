using System.Text.Encodings.Web;
using System.Text.Json;

namespace DataToEvents.Functions.Shared;

/// <summary>How a batch's function tells Lambda what to deliver again: the same JSON for a queue and for a stream.</summary>
internal static class BatchFailures
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(IEnumerable<string> identifiers, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, Options);
        json.WriteStartObject();
        json.WriteStartArray("batchItemFailures"u8);
        foreach (var identifier in identifiers)
        {
            json.WriteStartObject();
            json.WriteString("itemIdentifier"u8, identifier);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
