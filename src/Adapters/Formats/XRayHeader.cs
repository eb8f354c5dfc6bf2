namespace DataToEvents.Adapters.Formats;

/// <summary>
/// X-Ray's trace header, <c>Root=1-…-…;Parent=…;Sampled=1</c> (AWS X-Ray Developer Guide, "Tracing header"). It carries the trace at AWS's edges;
/// the envelope carries the same trace as a W3C <c>traceparent</c>.
/// </summary>
public static class XRayHeader
{
    // The root is 1-<8 hex epoch seconds>-<24 hex>: the same 32 digits as a W3C trace id.
    private const int RootLength = 35;
    private const string RootVersion = "1-";

    /// <returns>The header of a traceparent; null when the text is not one.</returns>
    public static string? Of(string? traceParent) => TraceParent.TraceId(traceParent) is { } trace
        ? $"Root=1-{trace.AsSpan(0, 8)}-{trace.AsSpan(8)};Parent={TraceParent.ParentId(traceParent!)};Sampled={(TraceParent.IsRecorded(traceParent) ? 1 : 0)}"
        : null;

    /// <returns>The traceparent of a header that has a root and a parent; null for any other text.</returns>
    public static string? ToTraceParent(string? header)
    {
        var (root, parent, sampled) = (Field(header, "Root="), Field(header, "Parent="), Field(header, "Sampled="));
        if (root is not { Length: RootLength } || parent is null || !root.StartsWith(RootVersion, StringComparison.Ordinal) || root[10] != '-')
        {
            return null;
        }

        return TraceParent.Of($"{root.AsSpan(2, 8)}{root.AsSpan(11)}", parent, isRecorded: sampled == "1");
    }

    private static string? Field(string? header, string name)
    {
        foreach (var field in (header ?? "").Split(';'))
        {
            if (field.StartsWith(name, StringComparison.Ordinal))
            {
                return field[name.Length..];
            }
        }

        return null;
    }
}
