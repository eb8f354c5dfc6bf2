using System.Buffers;
using System.IO.Pipelines;

namespace DataToEvents.Local.Feeding;

/// <summary>Reads NDJSON, a record a line, in constant memory. Blank lines are no records; a carriage return before the line feed belongs to the line's end.</summary>
internal static class RecordLines
{
    private const int ReadSize = 1 << 20;

    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(Stream input)
    {
        var reader = PipeReader.Create(input, new StreamPipeReaderOptions(bufferSize: ReadSize, minimumReadSize: ReadSize / 4));
        while (true)
        {
            var read = await reader.ReadAsync();
            var rest = read.Buffer;
            while (TryTakeLine(ref rest, read.IsCompleted) is { } line)
            {
                if (line.Span.IndexOfAnyExcept(" \t\r"u8) >= 0)
                {
                    yield return line;
                }
            }

            reader.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted)
            {
                yield break;
            }
        }
    }

    private static ReadOnlyMemory<byte>? TryTakeLine(ref ReadOnlySequence<byte> rest, bool isLast)
    {
        if (rest.PositionOf((byte)'\n') is { } end)
        {
            var line = rest.Slice(0, end);
            rest = rest.Slice(rest.GetPosition(1, end));
            return Copy(line);
        }

        if (!isLast || rest.IsEmpty)
        {
            return null;
        }

        var lastLine = Copy(rest);
        rest = rest.Slice(rest.End);
        return lastLine;
    }

    private static ReadOnlyMemory<byte> Copy(ReadOnlySequence<byte> line)
    {
        var bytes = line.ToArray();
        return bytes is [.., (byte)'\r'] ? bytes.AsMemory(0, bytes.Length - 1) : bytes;
    }
}
