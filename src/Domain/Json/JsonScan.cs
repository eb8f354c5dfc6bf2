namespace DataToEvents.Domain.Json;

/// <summary>The findings of one pass over a JSON value: its begin and end, its depth, and the values at the pointers. One instance scans one value after the other.</summary>
internal sealed class JsonScan(JsonPointerSet pointers)
{
    // Nesting costs the reader one bit a level: the size of a record is the bound, not this number.
    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    private readonly JsonSlice[] _captured = new JsonSlice[pointers.Count];

    /// <summary>The bytes that all places are places in.</summary>
    public ReadOnlyMemory<byte> Text { get; private set; }

    /// <summary>The value without surrounding white space, which is no part of it.</summary>
    public JsonSlice Value { get; private set; }

    /// <summary>The value's bytes.</summary>
    public ReadOnlyMemory<byte> Content => Value.Raw(Text);

    /// <summary>The offset at which the value ends, in bytes. After a scan that failed, the offset at which the text stops being JSON.</summary>
    public int End { get; private set; }

    /// <summary>Nesting levels: 0 for a scalar, 1 for a flat object.</summary>
    public int Depth { get; private set; }

    /// <summary>Whether an integer outside of 64 bits is in it, see <see cref="WideInteger"/>.</summary>
    public bool HasWideInteger { get; private set; }

    public JsonSlice this[int pointer] => _captured[pointer];

    /// <summary>Scans the first JSON value (RFC 8259, valid UTF-8 taken for granted) of a text. What follows it is not looked at.</summary>
    /// <returns>False when the text does not begin with a JSON value.</returns>
    public bool TryScan(ReadOnlyMemory<byte> text)
    {
        Array.Clear(_captured);
        (Text, Depth, HasWideInteger) = (text, 0, false);
        var reader = new Utf8JsonReader(text.Span, AnyDepth);
        try
        {
            reader.Read();
            Value = Visit(ref reader, pointers.Root);
            End = Value.Start + Value.Length;
            return true;
        }
        catch (JsonException)
        {
            End = (int)reader.BytesConsumed;
            return false;
        }
    }

    /// <summary>The text of the string at a pointer, or the number exactly as it is written; null for any other value.</summary>
    public string? Key(int pointer) => _captured[pointer].Key(Text.Span);

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
            if (child is { IsLeaf: false })
            {
                Forget(child);
            }

            Visit(ref reader, child);
        }
    }

    /// <summary>The last of several members of one name counts: what an earlier one held is as if it were not there.</summary>
    private void Forget(JsonPointerSet.Node node)
    {
        foreach (var index in node.Below)
        {
            _captured[index] = default;
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
