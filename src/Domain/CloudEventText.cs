namespace DataToEvents.Domain;

/// <summary>
/// Checks texts by the type String of CloudEvents: Unicode without control characters, noncharacters and lone surrogates. An
/// attribute that holds any of them would make an envelope that other readers refuse.
/// </summary>
internal static class CloudEventText
{
    public static bool IsValid(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~') || IsValid(text.AsSpan());

    /// <summary>A key: such a String that is not empty and has at most <paramref name="maxBytes"/> bytes of UTF-8.</summary>
    public static bool IsKey(string? value, int maxBytes) =>
        !string.IsNullOrEmpty(value) && value.Length <= maxBytes && IsValid(value) && Encoding.UTF8.GetByteCount(value) <= maxBytes;

    private static bool IsValid(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out var rune, out var length) != OperationStatus.Done || Rune.IsControl(rune) || IsNoncharacter(rune.Value))
            {
                return false;
            }

            text = text[length..];
        }

        return true;
    }

    private static bool IsNoncharacter(int value) => (value & 0xFFFE) == 0xFFFE || value is >= 0xFDD0 and <= 0xFDEF;
}
