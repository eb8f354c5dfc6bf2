namespace DataToEvents.Emulator.Lambda.Mappings;

/// <summary>A function's response to a batch, as Lambda reads it under ReportBatchItemFailures.</summary>
public static class BatchResponse
{
    /// <summary>The identifiers of failed items after an invocation; empty when all succeeded, null when the whole batch failed.</summary>
    /// <param name="result">The result of the invocation.</param>
    /// <param name="reportsFailures">Whether the mapping has ReportBatchItemFailures; without it only a function error is a failure.</param>
    internal static IReadOnlyList<string>? Failures(InvocationResult result, bool reportsFailures) => (result.Error, reportsFailures) switch
    {
        (not null, _) => null,
        (null, false) => [],
        _ => Failures(result.Payload.Span),
    };

    /// <summary>The identifiers that the function names as failed; empty when all succeeded, null when the whole batch counts as failed.</summary>
    /// <remarks>
    /// Lambda takes an empty response, null, {} and a null or empty list for success. The whole batch fails on invalid JSON and on an
    /// empty, null or misnamed identifier; the caller finds identifiers that are not in the batch.
    /// </remarks>
    public static IReadOnlyList<string>? Failures(ReadOnlySpan<byte> response)
    {
        if (response.IsEmpty)
        {
            return [];
        }

        try
        {
            var reader = new Utf8JsonReader(response);
            using var document = JsonDocument.ParseValue(ref reader);
            return reader.Read() ? null : Failures(document.RootElement);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: an identifier is not valid Unicode.
            return null;
        }
    }

    private static List<string>? Failures(JsonElement response)
    {
        if (response.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        if (response.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (!response.TryGetProperty("batchItemFailures"u8, out var list) || list.ValueKind == JsonValueKind.Null)
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
