namespace DataToEvents.Emulator.Queues;

/// <summary>A message attribute.</summary>
/// <param name="Type">String, Number or Binary; a dot and a label of the sender's own may follow.</param>
/// <param name="Value">The bytes; those of a text as UTF-8.</param>
public sealed record MessageAttribute(string Type, ReadOnlyMemory<byte> Value)
{
    public const string TextType = "String";

    public const string NumberType = "Number";

    public const string BinaryType = "Binary";

    public bool IsBinary => Type.Split('.', 2)[0] == BinaryType;

    /// <summary>The value of a text.</summary>
    public string Text => Encoding.UTF8.GetString(Value.Span);

    public static MessageAttribute OfText(string value) => new(TextType, Encoding.UTF8.GetBytes(value));

    public bool Equals(MessageAttribute? other) => other is not null && Type == other.Type && Value.Span.SequenceEqual(other.Value.Span);

    public override int GetHashCode() => HashCode.Combine(Type, Value.Length);
}
