namespace DataToEvents.Domain.Json;

/// <summary>The elements of a JSON array, one after the other.</summary>
/// <param name="array">The array's bytes, which are JSON.</param>
internal struct JsonElements(ReadOnlyMemory<byte> array)
{
    // Behind the bracket.
    private ReadOnlyMemory<byte> _rest = array[1..];

    /// <summary>Whether a JSON value is an array of objects and arrays, of one at least.</summary>
    public static bool AreDocuments(ReadOnlySpan<byte> value)
    {
        var reader = new Utf8JsonReader(value, new JsonReaderOptions { MaxDepth = int.MaxValue });
        if (value.IsEmpty || !reader.Read() || reader.TokenType != JsonTokenType.StartArray || !reader.Read() || reader.TokenType == JsonTokenType.EndArray)
        {
            return false;
        }

        do
        {
            if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            {
                return false;
            }

            reader.Skip();
            reader.Read();
        }
        while (reader.TokenType != JsonTokenType.EndArray);
        return true;
    }

    /// <summary>Scans the next element.</summary>
    /// <returns>False after the last element.</returns>
    public bool TryNext(JsonScan scan)
    {
        _rest = _rest[_rest.Span.IndexOfAnyExcept(" \t\r\n,"u8)..];
        if (_rest.Span[0] == (byte)']' || !scan.TryScan(_rest))
        {
            return false;
        }

        _rest = _rest[scan.End..];
        return true;
    }
}
