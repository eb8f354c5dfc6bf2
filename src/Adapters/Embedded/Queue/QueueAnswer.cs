using System.Text.Json;
using DataToEvents.Adapters.Embedded.Functions;

namespace DataToEvents.Adapters.Embedded.Queue;

/// <summary>Which messages of a batch an invocation leaves in the queue, read as Lambda reads it.</summary>
internal static class QueueAnswer
{
    /// <summary>Positions of the messages that failed. An error, or an answer that cannot be read, fails them all (facts.md, section 2).</summary>
    public static HashSet<int> Failed(FunctionAnswer answer, IReadOnlyList<ReceivedMessage> batch, bool reportsItems)
    {
        if (answer.Error is not null)
        {
            return All(batch);
        }

        return reportsItems && !answer.Payload.IsEmpty ? Read(answer.Payload, batch) : [];
    }

    private static HashSet<int> Read(ReadOnlyMemory<byte> payload, IReadOnlyList<ReceivedMessage> batch)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            var answer = document.RootElement;
            if (answer.ValueKind == JsonValueKind.Null || !answer.TryGetProperty("batchItemFailures", out var failures) || failures.ValueKind == JsonValueKind.Null)
            {
                return [];
            }

            var failed = new HashSet<int>();
            foreach (var failure in failures.EnumerateArray())
            {
                // Empty, null, unknown, or under another name: nobody can know what was meant.
                var position = failure.TryGetProperty("itemIdentifier", out var id) ? Position(batch, id.GetString()) : -1;
                if (position < 0)
                {
                    return All(batch);
                }

                failed.Add(position);
            }

            return failed;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return All(batch);
        }
    }

    private static int Position(IReadOnlyList<ReceivedMessage> batch, string? messageId)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            if (batch[i].MessageId.ToString() == messageId)
            {
                return i;
            }
        }

        return -1;
    }

    private static HashSet<int> All(IReadOnlyList<ReceivedMessage> batch) => [.. Enumerable.Range(0, batch.Count)];
}
