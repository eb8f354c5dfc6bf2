using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DataToEvents.Emulator.DeliveryStreams;

/// <summary>Names objects as Firehose does: prefix, stream, version, time of the oldest record, a unique part.</summary>
/// <remarks><c>purpose</c> tells the stream's kinds of objects apart.</remarks>
internal sealed class ObjectNames(string stream, string purpose, ObjectPrefix prefix, string extension)
{
    private const string Version = "1";

    public string Owner => $"delivery-stream/{stream}/{purpose}";

    /// <param name="oldest">The arrival of the object's oldest record.</param>
    /// <param name="firstPiece">The unique part is made of it: no other object begins with this row, and this object always does.</param>
    public string Next(DateTimeOffset oldest, long firstPiece)
    {
        var unique = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{Owner}/{firstPiece}")).AsSpan(0, 16));
        var time = oldest.UtcDateTime.ToString("yyyy-MM-dd-HH-mm-ss", CultureInfo.InvariantCulture);
        return $"{prefix.At(oldest)}{stream}-{Version}-{time}-{unique}{extension}";
    }
}
