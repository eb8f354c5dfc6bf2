using System.Runtime.CompilerServices;

namespace DataToEvents.Load;

/// <summary>
/// Reads the lines of a stream as bytes, in memory that the longest line bounds. Blank lines are left out; a carriage return before the line feed
/// belongs to the line's end.
/// </summary>
/// <param name="input">The bytes to split into lines.</param>
/// <param name="bufferSize">Bytes to read at once.</param>
public sealed class LineReader(Stream input, int bufferSize = 1 << 16)
{
    private byte[] _buffer = new byte[bufferSize];
    private int _from;
    private int _to;
    private int _searched;
    private bool _ended;

    /// <summary>The lines of bytes that are in memory already.</summary>
    public static IEnumerable<byte[]> Lines(byte[] content) => new LineReader(new MemoryStream(content, writable: false), content.Length + 1).ReadAll();

    /// <returns>Null at the end.</returns>
    public byte[]? Next()
    {
        byte[]? line;
        while (!TryTake(out line))
        {
            Filled(input.Read(Room().Span));
        }

        return line;
    }

    public IEnumerable<byte[]> ReadAll()
    {
        while (Next() is { } line)
        {
            yield return line;
        }
    }

    /// <summary>Completes at once while a whole line is in memory.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (!TryTake(out var line))
            {
                Filled(await input.ReadAsync(Room(), cancellationToken));
            }
            else if (line is null)
            {
                yield break;
            }
            else
            {
                yield return line;
            }
        }
    }

    /// <returns>False when more has to be read before it is known what comes next: a line, or null for the end.</returns>
    private bool TryTake(out byte[]? line)
    {
        while (TryFindEnd(out var length))
        {
            var found = _buffer.AsSpan(_from, length);
            _from = Math.Min(_to, _from + length + 1);
            if (found.IndexOfAnyExcept(" \t\r"u8) >= 0)
            {
                line = (found is [.., (byte)'\r'] ? found[..^1] : found).ToArray();
                return true;
            }
        }

        line = null;
        return _ended && _from == _to;
    }

    private bool TryFindEnd(out int length)
    {
        var found = _buffer.AsSpan(_from + _searched, _to - _from - _searched).IndexOf((byte)'\n');
        length = found >= 0 ? _searched + found : _to - _from;
        var isLine = found >= 0 || (_ended && length > 0);
        _searched = isLine ? 0 : length;
        return isLine;
    }

    /// <summary>Makes room behind what was read and not taken yet.</summary>
    private Memory<byte> Room()
    {
        _buffer.AsSpan(_from, _to - _from).CopyTo(_buffer);
        (_from, _to) = (0, _to - _from);
        if (_to == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        return _buffer.AsMemory(_to);
    }

    private void Filled(int read)
    {
        _to += read;
        _ended = read == 0;
    }
}
