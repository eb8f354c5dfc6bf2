namespace DataToEvents.Load;

/// <summary>Lines of a stream as bytes, without blank ones, in memory that the longest line bounds.</summary>
public sealed class LineReader(Stream input)
{
    private byte[] _buffer = new byte[1 << 20];
    private int _from;
    private int _to;
    private bool _ended;

    /// <summary>Null at the end.</summary>
    public byte[]? Next()
    {
        while (TakeLine() is { } line)
        {
            if (line.AsSpan().IndexOfAnyExcept(" \t\r"u8) >= 0)
            {
                return line;
            }
        }

        return null;
    }

    private byte[]? TakeLine()
    {
        for (var searched = 0; ;)
        {
            var found = _buffer.AsSpan(_from + searched, _to - _from - searched).IndexOf((byte)'\n');
            if (found >= 0 || _ended)
            {
                return found >= 0 || _to > _from ? Take(found >= 0 ? searched + found : _to - _from) : null;
            }

            searched = _to - _from;
            Fill();
        }
    }

    private byte[] Take(int length)
    {
        var line = _buffer.AsSpan(_from, length);
        _from = Math.Min(_to, _from + length + 1);
        return (line is [.., (byte)'\r'] ? line[..^1] : line).ToArray();
    }

    private void Fill()
    {
        _buffer.AsSpan(_from, _to - _from).CopyTo(_buffer);
        (_from, _to) = (0, _to - _from);
        if (_to == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = input.Read(_buffer, _to, _buffer.Length - _to);
        _to += read;
        _ended = read == 0;
    }
}
