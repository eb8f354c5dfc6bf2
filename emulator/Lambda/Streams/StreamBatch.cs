using DataToEvents.Emulator.Delivery;
using DataToEvents.Emulator.Tables;

namespace DataToEvents.Emulator.Lambda.Streams;

/// <summary>Consecutive records of a lane on their way through the function, whole or what is left of a batch.</summary>
/// <param name="Records">In order; never empty.</param>
/// <param name="Retries">Of the retries that it is entitled to, those used up.</param>
/// <param name="Invocations">How often its first record was passed to the function.</param>
internal sealed record StreamBatch(IReadOnlyList<ChangeRecord> Records, int Retries, int Invocations)
{
    public ChangeRecord Last => Records[^1];

    /// <summary>How many records from the start succeeded, by what the function answered.</summary>
    public int Succeeded(InvocationResult answer, bool reportsFailures)
    {
        if (answer.Error is not null)
        {
            return 0;
        }

        if (!reportsFailures)
        {
            return Records.Count;
        }

        if (BatchResponse.Failures(answer.Payload.Span) is not { } failures)
        {
            return 0;
        }

        // The lowest failed sequence number counts; one that the batch does not hold fails all of it.
        var succeeded = Records.Count;
        foreach (var failure in failures)
        {
            succeeded = Math.Min(succeeded, Math.Max(0, IndexOf(failure)));
        }

        return succeeded;
    }

    /// <summary>The first so many records.</summary>
    public StreamBatch First(int count) => this with { Records = [.. Records.Take(count)] };

    /// <summary>The records after the first so many.</summary>
    public StreamBatch After(int count) => count == 0 ? this : this with { Records = [.. Records.Skip(count)] };

    private int IndexOf(string sequenceNumber)
    {
        for (var i = 0; i < Records.Count; i++)
        {
            if (Records[i].SequenceNumber == sequenceNumber)
            {
                return i;
            }
        }

        return -1;
    }
}
