using System.Buffers;

namespace DataToEvents.Domain;

/// <summary>Converts between the two trace headers of the path: W3C <c>traceparent</c> in the envelope, X-Ray at AWS's edges.</summary>
public static class TraceParent
{
    // 00-<32 hex trace id>-<16 hex parent id>-<2 hex flags>
    private const int W3CLength = 55;

    // X-Ray's root is 1-<8 hex epoch seconds>-<24 hex>: the same 32 digits as a W3C trace id.
    private const int RootLength = 35;

    private const string RootVersion = "1-";
    private const string InvalidVersion = "ff";

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    /// <summary>The 32 hex digits that name the trace, or null when it is no traceparent.</summary>
    public static string? TraceId(string? traceParent) => IsValid(traceParent) ? traceParent!.Substring(3, 32) : null;

    /// <summary>Whoever began the trace decided that it is recorded (sampled).</summary>
    public static bool IsRecorded(string? traceParent) => traceParent is { Length: W3CLength } && (traceParent[54] & 1) == 1;

    /// <summary><c>Root=1-…-…;Parent=…;Sampled=1</c> of a traceparent, or null when it is none.</summary>
    public static string? ToXRay(string? traceParent)
    {
        if (!IsValid(traceParent))
        {
            return null;
        }

        return $"Root=1-{traceParent!.AsSpan(3, 8)}-{traceParent.AsSpan(11, 24)};Parent={traceParent.AsSpan(36, 16)};Sampled={(IsRecorded(traceParent) ? 1 : 0)}";
    }

    /// <summary>The traceparent of an X-Ray header with root and parent, or null when it lacks one.</summary>
    public static string? FromXRay(string? header)
    {
        var (root, parent, sampled) = (Field(header, "Root="), Field(header, "Parent="), Field(header, "Sampled="));
        if (root is not { Length: RootLength } || parent is not { Length: 16 } || !root.StartsWith(RootVersion, StringComparison.Ordinal) || root[10] != '-')
        {
            return null;
        }

        var trace = $"{root.AsSpan(2, 8)}{root.AsSpan(11)}";
        return IsId(trace) && IsId(parent) ? $"00-{trace}-{parent}-{(sampled == "1" ? "01" : "00")}" : null;
    }

    private static bool IsValid(string? text) =>
        text is { Length: W3CLength } && text[2] == '-' && text[35] == '-' && text[52] == '-'
        && IsHex(text.AsSpan(0, 2)) && !text.StartsWith(InvalidVersion, StringComparison.Ordinal)
        && IsId(text.AsSpan(3, 32)) && IsId(text.AsSpan(36, 16)) && IsHex(text.AsSpan(53, 2));

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

    /// <summary>W3C: an id of zeroes only is invalid.</summary>
    private static bool IsId(ReadOnlySpan<char> digits) => IsHex(digits) && digits.ContainsAnyExcept('0');

    private static bool IsHex(ReadOnlySpan<char> digits) => !digits.ContainsAnyExcept(LowerHex);
}
