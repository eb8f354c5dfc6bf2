namespace DataToEvents.Load.Ledger;

/// <summary>The members of an envelope, one after another: their names, and their values byte for byte.</summary>
public ref struct EnvelopeMembers
{
    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    private readonly ReadOnlySpan<byte> _envelope;
    private Utf8JsonReader _reader;

    /// <param name="envelope">A JSON object, UTF-8.</param>
    public EnvelopeMembers(ReadOnlySpan<byte> envelope)
    {
        _envelope = envelope;
        _reader = new Utf8JsonReader(envelope, AnyDepth);
        _reader.Read();
        Name = "";
    }

    public string Name { get; private set; }

    /// <summary>The value as it is written.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>The value of a string; null when the value is none.</summary>
    public readonly string? Text => _reader.TokenType == JsonTokenType.String ? _reader.GetString() : null;

    /// <summary>Goes to the next member.</summary>
    /// <returns>False when there are no more.</returns>
    public bool Next()
    {
        if (!_reader.Read() || _reader.TokenType != JsonTokenType.PropertyName)
        {
            return false;
        }

        Name = _reader.GetString()!;
        _reader.Read();
        var start = (int)_reader.TokenStartIndex;
        _reader.Skip();
        Value = _envelope[start..(int)_reader.BytesConsumed];
        return true;
    }
}
