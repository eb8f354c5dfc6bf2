namespace DataToEvents.Domain.Json;

/// <summary>Integers that EventBridge does not take in JSON: outside of 64 bits with sign (Amazon EventBridge API Reference, "PutEvents").</summary>
internal static class WideInteger
{
    // long.MaxValue has 19.
    private const int Digits = 19;

    /// <summary>Whether the reader is at such an integer. A number with a fraction or an exponent does not count as one.</summary>
    public static bool IsAt(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number
        && reader.ValueSpan.Length >= Digits
        && reader.ValueSpan.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0
        && !reader.TryGetInt64(out _);
}
