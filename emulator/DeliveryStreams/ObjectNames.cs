namespace DataToEvents.Emulator.DeliveryStreams;

/// <summary>Names objects as Firehose does: prefix, stream, version, time of the oldest record, a unique part.</summary>
/// <param name="stream">The name of the delivery stream.</param>
/// <param name="purpose">The kind of objects, such as <c>lake</c>: no other kind of this stream has it.</param>
/// <param name="prefix">The prefix of the objects' keys.</param>
/// <param name="extension">The end of the objects' keys, such as <c>.json.gz</c>.</param>
internal sealed class ObjectNames(string stream, string purpose, ObjectPrefix prefix, string extension)
{
    private const string Version = "1";

    public string Owner => $"delivery-stream/{stream}/{purpose}";

    /// <param name="oldest">The arrival of the object's oldest record.</param>
    /// <param name="firstPiece">The row of the object's first piece, from which the unique part is derived: no other object begins with this row.</param>
    public string Next(DateTimeOffset oldest, long firstPiece)
    {
        var unique = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{Owner}/{firstPiece}")).AsSpan(0, 16));
        var time = oldest.UtcDateTime.ToString("yyyy-MM-dd-HH-mm-ss", CultureInfo.InvariantCulture);
        return $"{prefix.At(oldest)}{stream}-{Version}-{time}-{unique}{extension}";
    }
}
