using System.Buffers;
using System.Security.Cryptography;

namespace DataToEvents.Application.Payloads;

/// <summary>
/// Where a payload that is too big for its envelope lies: <c>payloads/&lt;first two hex digits&gt;/&lt;SHA-256 in hex&gt;.bin</c>. Whoever puts
/// payloads and whoever reads them must agree on it.
/// </summary>
public static class PayloadObject
{
    public const string Prefix = "payloads/";

    private const string Extension = ".bin";
    private const int HashDigits = 2 * SHA256.HashSizeInBytes;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    public static string Key(ReadOnlySpan<byte> payload) => KeyOf(Convert.ToHexStringLower(SHA256.HashData(payload)) + Extension);

    /// <param name="name">The last part of the key, see <see cref="IsName"/>.</param>
    public static string KeyOf(string name) => $"{Prefix}{name[..2]}/{name}";

    /// <summary>64 lower-case hex digits and <c>.bin</c>: the last part of every <c>dataref</c> that we write.</summary>
    public static bool IsName(string text) =>
        text.Length == HashDigits + Extension.Length
        && text.EndsWith(Extension, StringComparison.Ordinal)
        && !text.AsSpan(0, HashDigits).ContainsAnyExcept(HexDigits);
}
