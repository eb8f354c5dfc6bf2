using System.Buffers.Text;

namespace DataToEvents.Adapters.Embedded.Doors.S3;

/// <summary>Takes the framing of <c>aws-chunked</c> off a body, in place: <c>size-in-hex;chunk-signature=…</c>, data, …, a chunk of size zero, trailers.</summary>
internal static class AwsChunks
{
    /// <returns>The payload, or null when the framing is broken.</returns>
    public static Memory<byte>? Decode(Memory<byte> body)
    {
        var (read, written) = (0, 0);
        while (true)
        {
            var header = body.Span[read..];
            var end = header.IndexOf("\r\n"u8);
            if (end < 0 || !Utf8Parser.TryParse(header[..end], out int size, out var digits, 'x') || digits == 0)
            {
                return null;
            }

            read += end + 2;
            if (size == 0)
            {
                return body[..written];
            }

            if (size < 0 || size > body.Length - read - 2)
            {
                return null;
            }

            body.Slice(read, size).CopyTo(body[written..]);
            (read, written) = (read + size + 2, written + size);
        }
    }
}
