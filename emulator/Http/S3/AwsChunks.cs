using System.Buffers.Text;

namespace DataToEvents.Emulator.Http.S3;

/// <summary>A body without its framing.</summary>
/// <param name="Payload">The content of the object.</param>
/// <param name="Trailers">The headers after the payload, such as a checksum.</param>
internal readonly record struct Chunked(Memory<byte> Payload, IReadOnlyDictionary<string, string> Trailers);

/// <summary>Removes the framing of <c>aws-chunked</c> from a body, in place: <c>size-in-hex;chunk-signature=…</c>, data, …, a chunk of size zero, trailers.</summary>
internal static class AwsChunks
{
    /// <returns>Null when the framing is not valid.</returns>
    public static Chunked? Decode(Memory<byte> body)
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
                return Trailers(body.Span[read..]) is { } trailers ? new Chunked(body[..written], trailers) : null;
            }

            if (size < 0 || size > body.Length - read - 2)
            {
                return null;
            }

            body.Slice(read, size).CopyTo(body[written..]);
            (read, written) = (read + size + 2, written + size);
        }
    }

    private static Dictionary<string, string>? Trailers(ReadOnlySpan<byte> bytes)
    {
        var trailers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in Encoding.Latin1.GetString(bytes).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
            {
                return null;
            }

            trailers[line[..colon].TrimEnd()] = line[(colon + 1)..].TrimStart();
        }

        return trailers;
    }
}
