namespace DataToEvents.Domain.Json;

/// <summary>What one pass over a JSON text found: where it begins and ends, how deep it is, and the values at the pointers. One text after the other.</summary>
internal sealed class JsonScan(JsonPointerSet pointers)
{
    // Nesting costs the reader one bit a level: the size of a record is the bound, not this number.
    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    private readonly JsonSlice[] _captured = new JsonSlice[pointers.Count];

    /// <summary>The text without surrounding white space, which is no part of a JSON value.</summary>
    public JsonSlice Value { get; private set; }

    /// <summary>Nesting levels: 0 for a scalar, 1 for a flat object.</summary>
    public int Depth { get; private set; }

    /// <summary>Whether an integer outside of 64 bits is in it, see <see cref="WideInteger"/>.</summary>
    public bool HasWideInteger { get; private set; }

    public JsonSlice this[int pointer] => _captured[pointer];

    /// <summary>False when the bytes are not exactly one JSON text (RFC 8259, valid UTF-8 taken for granted).</summary>
    public bool TryScan(ReadOnlySpan<byte> utf8)
    {
        Array.Clear(_captured);
        (Depth, HasWideInteger) = (0, false);
        var reader = new Utf8JsonReader(utf8, AnyDepth);
        try
        {
            if (!reader.Read())
            {
                return false;
            }

            Value = Visit(ref reader, pointers.Root);
            return !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private JsonSlice Visit(ref Utf8JsonReader reader, JsonPointerSet.Node? node)
    {
        var type = reader.TokenType;
        var start = (int)reader.TokenStartIndex;
        if (type is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            Depth = Math.Max(Depth, reader.CurrentDepth + 1);
            if (node is null || node.IsLeaf)
            {
                SkipContainer(ref reader);
            }
            else if (type == JsonTokenType.StartObject)
            {
                VisitProperties(ref reader, node);
            }
            else
            {
                VisitElements(ref reader, node);
            }
        }

        else
        {
            HasWideInteger |= WideInteger.IsAt(ref reader);
        }

        var value = new JsonSlice(type, start, (int)reader.BytesConsumed - start);
        if (node is { Index: >= 0 })
        {
            _captured[node.Index] = value;
        }

        return value;
    }

    private void VisitProperties(ref Utf8JsonReader reader, JsonPointerSet.Node node)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var child = node.FindProperty(ref reader);
            reader.Read();
            Visit(ref reader, child);
        }
    }

    private void VisitElements(ref Utf8JsonReader reader, JsonPointerSet.Node node)
    {
        for (var position = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; position++)
        {
            Visit(ref reader, node.FindElement(position));
        }
    }

    private void SkipContainer(ref Utf8JsonReader reader)
    {
        var outer = reader.CurrentDepth;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    Depth = Math.Max(Depth, reader.CurrentDepth + 1);
                    break;
                case JsonTokenType.Number:
                    HasWideInteger |= WideInteger.IsAt(ref reader);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray when reader.CurrentDepth == outer:
                    return;
            }
        }
    }
}
