namespace DataToEvents.Emulator.Tables;

/// <summary>The numbers of a JSON text that DynamoDB writes in another form, such as <c>1.0</c> for <c>1</c>. Most texts have none.</summary>
internal struct NumberEdits
{
    private List<(int Start, int Length, byte[] Text)>? _edits;

    public readonly bool IsEmpty => _edits is null;

    /// <param name="start">Where the number's JSON string begins, with its quotation mark.</param>
    /// <param name="length">The string's bytes, with both quotation marks.</param>
    /// <param name="number">The number in DynamoDB's form.</param>
    public void Add(long start, int length, string number) => (_edits ??= []).Add(((int)start, length, Encoding.ASCII.GetBytes($"\"{number}\"")));

    /// <returns>The text with all numbers in DynamoDB's form; the same array when there is nothing to change.</returns>
    public readonly byte[] Apply(byte[] json)
    {
        if (_edits is null)
        {
            return json;
        }

        var edited = new ArrayBufferWriter<byte>(json.Length);
        var at = 0;
        foreach (var (start, length, text) in _edits)
        {
            edited.Write(json.AsSpan(at, start - at));
            edited.Write(text);
            at = start + length;
        }

        edited.Write(json.AsSpan(at));
        return edited.WrittenSpan.ToArray();
    }
}
