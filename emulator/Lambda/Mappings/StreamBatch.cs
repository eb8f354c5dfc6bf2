namespace DataToEvents.Emulator.Lambda.Mappings;

/// <summary>How an invocation failed.</summary>
internal enum BatchFailure
{
    FunctionError,

    /// <summary>The response names failed records.</summary>
    Named,

    /// <summary>The response cannot be read.</summary>
    Malformed,
}

/// <summary>Consecutive records of a lane that are passed to the function together: a whole batch or what is left of it.</summary>
/// <param name="Records">In order; never empty.</param>
/// <param name="Retries">How many of its retries are used up.</param>
/// <param name="Invocations">How often its first record was passed to the function.</param>
internal sealed record StreamBatch(IReadOnlyList<ChangeRecord> Records, int Retries, int Invocations)
{
    public ChangeRecord Last => Records[^1];

    /// <summary>How many records from the start succeeded, by the result of the invocation.</summary>
    public int Succeeded(InvocationResult result, bool reportsFailures)
    {
        if (Failures(result, reportsFailures) is not { } failures)
        {
            return 0;
        }

        // The lowest failed sequence number counts. One that is not in the batch fails all of it.
        var numbers = failures.Count == 0 ? [] : Records.Select(record => record.SequenceNumber).ToList();
        return failures.Aggregate(Records.Count, (succeeded, failure) => Math.Min(succeeded, Math.Max(0, numbers.IndexOf(failure))));
    }

    /// <summary>Whether the response names records of the batch as failed, and no others.</summary>
    public bool IsNamed(InvocationResult result) =>
        Failures(result, reportsFailures: true) is { Count: > 0 } failures && failures.All(failure => Records.Any(record => record.SequenceNumber == failure));

    /// <summary>An empty list is success for a stream's mapping (recorded on AWS by LocalStack: "empty_list_success").</summary>
    private static IReadOnlyList<string>? Failures(InvocationResult result, bool reportsFailures) =>
        result.Error is null && result.Payload.Span.SequenceEqual("[]"u8) ? [] : BatchResponse.Failures(result, reportsFailures);

    /// <summary>The first <paramref name="count"/> records.</summary>
    public StreamBatch First(int count) => this with { Records = [.. Records.Take(count)] };

    /// <summary>The records after the first <paramref name="count"/>.</summary>
    public StreamBatch After(int count) => count == 0 ? this : this with { Records = [.. Records.Skip(count)] };
}
