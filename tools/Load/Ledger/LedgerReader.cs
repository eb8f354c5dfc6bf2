namespace DataToEvents.Load.Ledger;

/// <summary>Reads a ledger line by line.</summary>
public sealed class LedgerReader
{
    private readonly LineReader _lines;
    private readonly string _name;
    private long _line = 1;

    /// <exception cref="LedgerException">The stream is no ledger.</exception>
    public LedgerReader(Stream input, string name)
    {
        (_lines, _name) = (new LineReader(input), name);
        Head = Parse(_lines.Next() ?? throw Broken("it is empty"), static line => JsonSerializer.Deserialize(line, LedgerJson.Default.LedgerHead));
        if (Head.Ledger != LedgerHead.Format)
        {
            throw Broken($"its first line does not say \"ledger\":\"{LedgerHead.Format}\"");
        }
    }

    public LedgerHead Head { get; }

    /// <summary>The last line. Null if the run was killed: then the target may have accepted records that the ledger lacks.</summary>
    public LedgerEnd? End { get; private set; }

    /// <exception cref="LedgerException">A line is broken.</exception>
    public IEnumerable<LedgerEntry> Entries()
    {
        var line = _lines.Next();
        while (line is not null)
        {
            _line++;
            var next = _lines.Next();
            if (next is null && line.AsSpan().StartsWith("{\"ended\""u8))
            {
                End = Parse(line, static text => JsonSerializer.Deserialize(text, LedgerJson.Default.LedgerEnd));
            }
            else if (next is not null || IsWhole(line))
            {
                yield return Parse(line, static text => JsonSerializer.Deserialize(text, LedgerJson.Default.LedgerEntry));
            }

            line = next;
        }
    }

    /// <summary>Whether the line is complete: the last line of a killed run may break off.</summary>
    private static bool IsWhole(byte[] line) => line[^1] == '}';

    private T Parse<T>(byte[] line, Func<byte[], T?> parse)
        where T : class
    {
        try
        {
            return parse(line) ?? throw Broken($"line {_line} is null");
        }
        catch (JsonException fault)
        {
            throw Broken($"line {_line} is no JSON of a ledger ({fault.Message})");
        }
    }

    private LedgerException Broken(string why) => new($"{_name} is no ledger of `generator send`: {why}.");
}

/// <summary>The message says in one line what is wrong with the file.</summary>
public sealed class LedgerException(string message) : Exception(message);
