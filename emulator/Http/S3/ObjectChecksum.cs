using DataToEvents.Emulator.Objects;

namespace DataToEvents.Emulator.Http.S3;

/// <summary>The check value of an object.</summary>
/// <param name="Algorithm">How it is computed.</param>
/// <param name="Value">In base64. If it was computed of parts, a hyphen and their number follow.</param>
/// <param name="Type">Whether it is that of the whole content or of its parts.</param>
internal sealed record ObjectChecksum(S3Checksum Algorithm, string Value, string Type = S3Checksum.FullObject)
{
    /// <summary>The checksum that an object was put with, else S3's own.</summary>
    public static ObjectChecksum Of(ObjectContent content)
    {
        var stored = Array.Find(S3Checksum.All, checksum => content.Headers.ContainsKey(checksum.Header));
        return stored is null
            ? new ObjectChecksum(S3Checksum.Default, S3Checksum.Default.Of(content.Body))
            : new ObjectChecksum(stored, content.Headers[stored.Header], content.Headers[S3Checksum.TypeHeader]);
    }

    /// <summary>Keeps it with the object, unless it is the one that <see cref="Of"/> computes.</summary>
    public void Keep(Dictionary<string, string> headers)
    {
        if (Algorithm != S3Checksum.Default)
        {
            (headers[Algorithm.Header], headers[S3Checksum.TypeHeader]) = (Value, Type);
        }
    }

    public void Write(HttpResponse response) => (response.Headers[Algorithm.Header], response.Headers[S3Checksum.TypeHeader]) = (Value, Type);

    public (string Name, string Value)[] Elements() => [(Algorithm.Element, Value), ("ChecksumType", Type)];
}
