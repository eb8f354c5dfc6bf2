namespace DataToEvents.Domain;

/// <summary>
/// Names a payload that is too big for its envelope: the SHA-256 of its bytes in 64 lower-case hex digits, and <c>.bin</c>. The name is the last
/// part of each <c>dataref</c> that we write.
/// </summary>
public static class PayloadName
{
    private const string Extension = ".bin";
    private const int HashDigits = 2 * SHA256.HashSizeInBytes;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    public static string Of(ReadOnlySpan<byte> payload) => Convert.ToHexStringLower(SHA256.HashData(payload)) + Extension;

    /// <summary>The SHA-256 of the payload to which a reference of ours leads.</summary>
    /// <returns>False when the reference's last part is no such name.</returns>
    internal static bool TryReadHash(string dataRef, Span<byte> hash) =>
        dataRef[(dataRef.LastIndexOf('/') + 1)..] is var name && IsValid(name) && Convert.FromHexString(name.AsSpan(0, HashDigits), hash, out _, out _) == OperationStatus.Done;

    public static bool IsValid(string text) =>
        text.Length == HashDigits + Extension.Length
        && text.EndsWith(Extension, StringComparison.Ordinal)
        && !text.AsSpan(0, HashDigits).ContainsAnyExcept(HexDigits);
}
