namespace DataToEvents.Load;

/// <summary>Checks the beginning of a file of records. Without the check, each line of a file that is not NDJSON would become an event.</summary>
public static class InputFile
{
    private const int HeadBytes = 1 << 16;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <returns>One line that says what is wrong with the file and what to do; null when it can be NDJSON.</returns>
    /// <remarks>What a pipe gave for this check would be missing when the records are read.</remarks>
    public static string? Complaint(string path)
    {
        using var file = File.OpenRead(path);
        if (!file.CanSeek)
        {
            return $"{path} is a pipe, and an input is read twice: write it to a file first.";
        }

        var buffer = new byte[HeadBytes];
        var length = file.ReadAtLeast(buffer, HeadBytes, throwOnEndOfStream: false);
        return Wrong(buffer.AsSpan(0, length), isWhole: length < HeadBytes) is { } wrong
            ? $"{path} is not NDJSON (a JSON value in each line): {wrong}"
            : null;
    }

    /// <summary>
    /// The same for what is read as it comes, such as standard input. Only its first bytes are looked at, so that what was written there already need not wait for more.
    /// </summary>
    /// <param name="head">As many of its first bytes as there are so far.</param>
    /// <returns>What is wrong and what to do, in one line; null when it can be NDJSON.</returns>
    public static string? ComplaintOfStream(ReadOnlySpan<byte> head) =>
        WrongCode(head) is { } wrong ? $"standard input is not NDJSON (a JSON value in each line): {wrong}" : null;

    private static string? WrongCode(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) || head.Contains((byte)0)
            ? "it holds zero bytes or a mark of UTF-16 or UTF-32. Convert it first, as in: iconv -f UTF-16 -t UTF-8."
            : head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B])
                ? "it is gzip. Unpack it first, as in: gzip -dc FILE."
                : null;

    private static string? Wrong(ReadOnlySpan<byte> head, bool isWhole)
    {
        if (WrongCode(head) is { } wrong)
        {
            return wrong;
        }

        if (head.StartsWith(ByteOrderMark))
        {
            head = head[ByteOrderMark.Length..];
        }

        var lines = 0;
        while (!head.IsEmpty)
        {
            var end = head.IndexOf((byte)'\n');
            if (end < 0 && !isWhole)
            {
                // The head ends in the middle of this line.
                break;
            }

            var line = (end < 0 ? head : head[..end]).Trim(" \t\r"u8);
            head = end < 0 ? default : head[(end + 1)..];
            if (!line.IsEmpty && IsJson(line))
            {
                return null;
            }

            lines += line.IsEmpty ? 0 : 1;
        }

        return lines == 0 ? null : $"no line of its first {lines} is JSON. Write one record in each line.";
    }

    private static bool IsJson(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
