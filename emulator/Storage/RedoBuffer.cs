namespace DataToEvents.Emulator.Storage;

/// <summary>
/// The changes of a group on their way to the <see cref="RedoLog"/>: SQL statements with their parameters. The text of a statement is written once in a generation;
/// after that only its number is written.
/// </summary>
internal sealed class RedoBuffer
{
    private const byte Known = 1;
    private const byte New = 2;

    /// <summary>A buffer with more bytes than this is not kept.</summary>
    private const int KeptBytes = 4 * 1024 * 1024;

    private readonly Dictionary<string, int> _numbers = [];
    private readonly List<string> _statements = [];
    private byte[] _bytes = new byte[KeptBytes / 4];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>The position to return to when the changes that follow are rolled back.</summary>
    public (int Length, int Statements) Mark => (Length, _statements.Count);

    public void Add(string sql, ReadOnlySpan<SqlValue> parameters)
    {
        var isKnown = _numbers.TryGetValue(sql, out var number);
        Take(1)[0] = isKnown ? Known : New;
        if (!isKnown)
        {
            _numbers.Add(sql, number = _statements.Count);
            _statements.Add(sql);
        }

        WriteNumber(number);
        if (!isKnown)
        {
            WriteText(sql);
        }

        WriteNumber(parameters.Length);
        foreach (ref readonly var parameter in parameters)
        {
            Write(parameter);
        }
    }

    public void Undo((int Length, int Statements) mark)
    {
        Length = mark.Length;
        _statements.Skip(mark.Statements).ToList().ForEach(sql => _numbers.Remove(sql));
        _statements.RemoveRange(mark.Statements, _statements.Count - mark.Statements);
    }

    /// <summary>Empties the buffer, when its content is in the log.</summary>
    public void Clear()
    {
        Length = 0;
        if (_bytes.Length > KeptBytes)
        {
            _bytes = new byte[KeptBytes / 4];
        }
    }

    /// <summary>Begins a generation, in which no statement is known yet.</summary>
    public void ForgetStatements()
    {
        _numbers.Clear();
        _statements.Clear();
    }

    /// <summary>Runs the changes of one frame again.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="frame">The bytes that were written between two calls of <see cref="Clear"/>.</param>
    /// <param name="statements">The statements of the generation's earlier frames; those of this frame are added.</param>
    public static void Replay(DatabaseConnection connection, ReadOnlyMemory<byte> frame, List<string> statements)
    {
        while (!frame.IsEmpty)
        {
            var isNew = frame.Span[0] == New;
            frame = frame[1..];
            var number = (int)ReadNumber(ref frame);
            if (isNew)
            {
                statements.Add(Encoding.UTF8.GetString(ReadBytes(ref frame).Span));
            }

            var parameters = new SqlValue[ReadNumber(ref frame)];
            for (var i = 0; i < parameters.Length; i++)
            {
                parameters[i] = Read(ref frame);
            }

            connection.Apply(statements[number], parameters);
        }
    }

    private static SqlValue Read(ref ReadOnlyMemory<byte> rest)
    {
        var kind = (SqlKind)rest.Span[0];
        rest = rest[1..];
        return kind switch
        {
            SqlKind.Number => ReadNumber(ref rest),
            SqlKind.Text => Encoding.UTF8.GetString(ReadBytes(ref rest).Span),
            SqlKind.Bytes => ReadBytes(ref rest),
            _ => default,
        };
    }

    private static long ReadNumber(ref ReadOnlyMemory<byte> rest)
    {
        var number = BinaryPrimitives.ReadInt64LittleEndian(rest.Span);
        rest = rest[sizeof(long)..];
        return number;
    }

    private static ReadOnlyMemory<byte> ReadBytes(ref ReadOnlyMemory<byte> rest)
    {
        var length = (int)ReadNumber(ref rest);
        var bytes = rest[..length];
        rest = rest[length..];
        return bytes;
    }

    private void Write(in SqlValue value)
    {
        Take(1)[0] = (byte)value.Kind;
        switch (value.Kind)
        {
            case SqlKind.Number:
                WriteNumber(value.Number);
                break;
            case SqlKind.Text:
                WriteText(value.Text!);
                break;
            case SqlKind.Bytes:
                WriteNumber(value.Bytes.Length);
                value.Bytes.Span.CopyTo(Take(value.Bytes.Length));
                break;
        }
    }

    private void WriteNumber(long number) => BinaryPrimitives.WriteInt64LittleEndian(Take(sizeof(long)), number);

    private void WriteText(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        WriteNumber(length);
        Encoding.UTF8.GetBytes(text, Take(length));
    }

    private Span<byte> Take(int count)
    {
        if (Length + count > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(Length + count, 2 * _bytes.Length));
        }

        Length += count;
        return _bytes.AsSpan(Length - count, count);
    }
}
