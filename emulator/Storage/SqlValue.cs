namespace DataToEvents.Emulator.Storage;

/// <summary>A parameter of a statement: an integer, a text, bytes, or null. Values convert to it implicitly, without boxing.</summary>
public readonly struct SqlValue
{
    internal SqlValue(SqlKind kind, long number = 0, string? text = null, ReadOnlyMemory<byte> bytes = default) =>
        (Kind, Number, Text, Bytes) = (kind, number, text, bytes);

    internal SqlKind Kind { get; }

    internal long Number { get; }

    internal string? Text { get; }

    internal ReadOnlyMemory<byte> Bytes { get; }

    public static implicit operator SqlValue(long value) => new(SqlKind.Number, number: value);

    public static implicit operator SqlValue(long? value) => value is { } number ? number : default(SqlValue);

    public static implicit operator SqlValue(string? value) => value is null ? default : new(SqlKind.Text, text: value);

    public static implicit operator SqlValue(byte[]? value) => value is null ? default : new(SqlKind.Bytes, bytes: value);

    public static implicit operator SqlValue(ReadOnlyMemory<byte> value) => new(SqlKind.Bytes, bytes: value);
}

internal enum SqlKind : byte
{
    Null,
    Number,
    Text,
    Bytes,
}
