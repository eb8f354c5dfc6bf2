using System.Text.Json;

namespace DataToEvents.Emulator.Lambda.Mappings;

/// <summary>What a function answered to a batch under ReportBatchItemFailures, as Lambda reads it.</summary>
public static class BatchResponse
{
    /// <summary>The identifiers that the function names as failed; empty when all succeeded, null when the whole batch counts as failed.</summary>
    /// <remarks>
    /// Lambda: success are an empty answer, null, {}, a null or empty list. The whole batch fails on invalid JSON and on an
    /// empty, null or misnamed identifier; an identifier that the batch does not hold is the caller's to find.
    /// </remarks>
    public static IReadOnlyList<string>? Failures(ReadOnlySpan<byte> answer)
    {
        if (answer.IsEmpty)
        {
            return [];
        }

        try
        {
            var reader = new Utf8JsonReader(answer);
            using var document = JsonDocument.ParseValue(ref reader);
            return reader.Read() ? null : Failures(document.RootElement);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: an identifier that is no Unicode text.
            return null;
        }
    }

    private static List<string>? Failures(JsonElement answer)
    {
        if (answer.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        if (answer.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (!answer.TryGetProperty("batchItemFailures"u8, out var list) || list.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        return list.ValueKind == JsonValueKind.Array ? Identifiers(list) : null;
    }

    private static List<string>? Identifiers(JsonElement list)
    {
        var identifiers = new List<string>(list.GetArrayLength());
        foreach (var failure in list.EnumerateArray())
        {
            if (failure.ValueKind != JsonValueKind.Object
                || !failure.TryGetProperty("itemIdentifier"u8, out var identifier)
                || identifier.ValueKind != JsonValueKind.String
                || identifier.GetString() is not { Length: > 0 } text)
            {
                return null;
            }

            identifiers.Add(text);
        }

        return identifiers;
    }
}
