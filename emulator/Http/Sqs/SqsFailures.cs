using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using DataToEvents.Emulator.Queues;

namespace DataToEvents.Emulator.Http.Sqs;

/// <summary>What the answers to batches have in common.</summary>
internal static class SqsFailures
{
    public static void Write(Utf8JsonWriter answer, IEnumerable<(string Id, EntryError Error)> failures)
    {
        answer.WriteStartArray("Failed"u8);
        foreach (var (id, error) in failures)
        {
            answer.WriteStartObject();
            answer.WriteString("Id"u8, id);
            answer.WriteBoolean("SenderFault"u8, true);
            answer.WriteString("Code"u8, error.Code);
            answer.WriteString("Message"u8, error.Message);
            answer.WriteEndObject();
        }

        answer.WriteEndArray();
    }

    [SuppressMessage("Security", "CA5351", Justification = "SDKs compare this checksum with their own; it protects nothing.")]
    public static string Md5(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(MD5.HashData(body));
}
