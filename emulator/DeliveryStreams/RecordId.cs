namespace DataToEvents.Emulator.DeliveryStreams;

/// <summary>
/// Names a record by the row of its call and its place in it; written as 62 digits, which is how long Firehose's ids of records are that were put
/// directly: an answer has to carry them all. Ascending in order of arrival.
/// </summary>
internal readonly record struct RecordId(long RowId, int Index) : IComparable<RecordId>
{
    public const int Length = RowDigits + IndexDigits;

    private const int RowDigits = 56;
    private const int IndexDigits = 6;

    public static bool TryParse(ReadOnlySpan<byte> text, out RecordId id)
    {
        var isOne = text.Length == Length
            & long.TryParse(text[..Math.Min(RowDigits, text.Length)], NumberStyles.None, CultureInfo.InvariantCulture, out var rowId)
            & int.TryParse(text[Math.Min(RowDigits, text.Length)..], NumberStyles.None, CultureInfo.InvariantCulture, out var index);
        id = new RecordId(rowId, index);
        return isOne;
    }

    public void Format(Span<byte> target)
    {
        RowId.TryFormat(target, out _, "D56", CultureInfo.InvariantCulture);
        Index.TryFormat(target[RowDigits..], out _, "D6", CultureInfo.InvariantCulture);
    }

    public int CompareTo(RecordId other) => RowId != other.RowId ? RowId.CompareTo(other.RowId) : Index.CompareTo(other.Index);

    public override string ToString()
    {
        Span<byte> text = stackalloc byte[Length];
        Format(text);
        return Encoding.ASCII.GetString(text);
    }
}
