using DataToEvents.Domain.Json;

namespace DataToEvents.Domain;

/// <summary>Splits a record that holds several events, one in each line (NDJSON). Firehose bills each record rounded up to 5 KB, so such records save money.</summary>
public static class RecordLines
{
    private static readonly JsonPointerSet None = new();

    /// <summary>
    /// A record is NDJSON when its first or its last line is a JSON object or array, and it has other lines. Each line that is not blank is then
    /// an event of its own. Anything else, such as text of several lines or binary, is one event: null.
    /// </summary>
    public static List<ReadOnlyMemory<byte>>? Split(ReadOnlyMemory<byte> record)
    {
        if (record.Span.IndexOf((byte)'\n') < 0)
        {
            return null;
        }

        var lines = Lines(record);
        return lines.Count > 1 && (IsContainer(lines[0].Span) || IsContainer(lines[^1].Span)) ? lines : null;
    }

    /// <summary>The lines that are not blank, without their line ends (LF or CRLF).</summary>
    public static List<ReadOnlyMemory<byte>> Lines(ReadOnlyMemory<byte> record)
    {
        var lines = new List<ReadOnlyMemory<byte>>();
        while (!record.IsEmpty)
        {
            var end = record.Span.IndexOf((byte)'\n');
            var line = end < 0 ? record : record[..end];
            if (line.Span.IndexOfAnyExcept(" \t\r"u8) >= 0)
            {
                lines.Add(line.TrimEnd("\r"u8));
            }

            record = end < 0 ? default : record[(end + 1)..];
        }

        return lines;
    }

    private static bool IsContainer(ReadOnlySpan<byte> line)
    {
        var content = line.TrimStart(" \t"u8);
        return !content.IsEmpty && content[0] is (byte)'{' or (byte)'[' && new JsonScan(None).TryScan(line);
    }
}
