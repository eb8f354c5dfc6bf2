namespace DataToEvents.Domain.Catalog;

/// <summary>The key of <c>hash</c> and <c>token</c> masks. With the same key, the same value gives the same token everywhere.</summary>
public sealed class MaskKey
{
    /// <summary>Shorter keys can be guessed, and with the key the masked values can be.</summary>
    public const int MinBytes = 16;

    private readonly byte[] _bytes;

    private MaskKey(byte[] bytes) => _bytes = bytes;

    internal ReadOnlySpan<byte> Bytes => _bytes;

    /// <param name="text">The key: any text of at least <see cref="MinBytes"/> bytes of UTF-8, used unchanged.</param>
    /// <exception cref="FormatException">It is too short. The message does not hold it.</exception>
    public static MaskKey Parse(string text) => Encoding.UTF8.GetByteCount(text) >= MinBytes
        ? new MaskKey(Encoding.UTF8.GetBytes(text))
        : throw new FormatException($"The key for masks is too short: it must have at least {MinBytes} bytes.");

    /// <summary>A log must not hold the key.</summary>
    public override string ToString() => "a key";
}
