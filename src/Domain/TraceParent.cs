namespace DataToEvents.Domain;

/// <summary>A W3C <c>traceparent</c>: <c>00-&lt;32 hex trace id&gt;-&lt;16 hex parent id&gt;-&lt;2 hex flags&gt;</c> (w3.org/TR/trace-context).</summary>
public static class TraceParent
{
    private const int Length = 55;
    private const int TraceIdLength = 32;
    private const int ParentIdLength = 16;
    private const string InvalidVersion = "ff";

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    /// <returns>The 32 hex digits that name the trace; null when the text is not a traceparent.</returns>
    public static string? TraceId(string? traceParent) => IsValid(traceParent) ? traceParent!.Substring(3, TraceIdLength) : null;

    /// <param name="traceParent">A text that has a <see cref="TraceId"/>.</param>
    /// <returns>The 16 hex digits that name the parent.</returns>
    public static string ParentId(string traceParent) => traceParent.Substring(36, ParentIdLength);

    /// <summary>Whether the trace is recorded (sampled), which was decided where it began.</summary>
    public static bool IsRecorded(string? traceParent) => traceParent is { Length: Length } && (traceParent[54] & 1) == 1;

    /// <returns>The traceparent; null when one of the ids is invalid.</returns>
    public static string? Of(string traceId, string parentId, bool isRecorded) =>
        traceId.Length == TraceIdLength && parentId.Length == ParentIdLength && IsId(traceId) && IsId(parentId)
            ? $"00-{traceId}-{parentId}-{(isRecorded ? "01" : "00")}"
            : null;

    private static bool IsValid(string? text) =>
        text is { Length: Length } && text[2] == '-' && text[35] == '-' && text[52] == '-'
        && IsHex(text.AsSpan(0, 2)) && !text.StartsWith(InvalidVersion, StringComparison.Ordinal)
        && IsId(text.AsSpan(3, TraceIdLength)) && IsId(text.AsSpan(36, ParentIdLength)) && IsHex(text.AsSpan(53, 2));

    /// <summary>An id of zeroes only is invalid.</summary>
    private static bool IsId(ReadOnlySpan<char> digits) => IsHex(digits) && digits.ContainsAnyExcept('0');

    private static bool IsHex(ReadOnlySpan<char> digits) => !digits.ContainsAnyExcept(LowerHex);
}
