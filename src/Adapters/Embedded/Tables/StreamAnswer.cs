using System.Text.Json;
using DataToEvents.Adapters.Embedded.Functions;

namespace DataToEvents.Adapters.Embedded.Tables;

/// <summary>How many records from the front of a batch an invocation settled, read as Lambda reads it.</summary>
internal readonly record struct StreamAnswer(int Settled, FailedInvocation? Failure)
{
    public static StreamAnswer Read(FunctionAnswer answer, ReadOnlySpan<ChangeRecord> records, bool reportsItems)
    {
        if (answer.Error is { } error)
        {
            return new StreamAnswer(0, new FailedInvocation(error.Type));
        }

        return reportsItems ? ReadItems(answer.Payload, records) : new StreamAnswer(records.Length, null);
    }

    /// <summary>Empty, null, or an empty list is success; the lowest failed sequence number counts; anything unreadable fails the whole batch.</summary>
    private static StreamAnswer ReadItems(ReadOnlyMemory<byte> payload, ReadOnlySpan<ChangeRecord> records)
    {
        if (payload.IsEmpty)
        {
            return new StreamAnswer(records.Length, null);
        }

        try
        {
            using var document = JsonDocument.Parse(payload);
            return document.RootElement.ValueKind == JsonValueKind.Null
                || !document.RootElement.TryGetProperty("batchItemFailures", out var failures)
                || failures.ValueKind == JsonValueKind.Null
                    ? new StreamAnswer(records.Length, null)
                    : Lowest(failures, records);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return new StreamAnswer(0, new FailedInvocation($"unreadable answer: {fault.Message}"));
        }
    }

    private static StreamAnswer Lowest(JsonElement failures, ReadOnlySpan<ChangeRecord> records)
    {
        var lowest = records.Length;
        foreach (var failure in failures.EnumerateArray())
        {
            var position = failure.TryGetProperty("itemIdentifier", out var id) && id.GetString() is { } number ? Find(records, number) : -1;
            if (position < 0)
            {
                return new StreamAnswer(0, new FailedInvocation("the answer names a record that is not in the batch"));
            }

            lowest = Math.Min(lowest, position);
        }

        return new StreamAnswer(lowest, lowest == records.Length ? null : new FailedInvocation("batchItemFailures"));
    }

    private static int Find(ReadOnlySpan<ChangeRecord> records, string sequenceNumber)
    {
        for (var i = 0; i < records.Length; i++)
        {
            if (records[i].SequenceNumber == sequenceNumber)
            {
                return i;
            }
        }

        return -1;
    }
}
