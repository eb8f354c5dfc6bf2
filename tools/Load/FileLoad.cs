namespace DataToEvents.Load;

/// <summary>
/// A person's own records: a file of one record a line, or several lines a record. Blank lines are no records; a carriage return before
/// the line feed belongs to the line's end.
/// </summary>
public sealed class FileLoad(Stream input, int linesPerRecord, long? count) : IRecordSource
{
    private readonly LineReader _lines = new(input);
    private long _next;

    public LoadRecord? Next()
    {
        if (_next == count)
        {
            return null;
        }

        var lines = new List<byte[]>(linesPerRecord);
        while (lines.Count < linesPerRecord && _lines.Next() is { } line)
        {
            lines.Add(line);
        }

        return lines.Count == 0 ? null : new LoadRecord(_next++, Join(lines));
    }

    private static byte[] Join(List<byte[]> lines)
    {
        var record = new byte[lines.Sum(line => line.Length + 1) - 1];
        var at = 0;
        foreach (var line in lines)
        {
            if (at > 0)
            {
                record[at++] = (byte)'\n';
            }

            line.CopyTo(record, at);
            at += line.Length;
        }

        return record;
    }
}
