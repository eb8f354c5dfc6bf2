namespace DataToEvents.Adapters.Formats;

/// <summary>Sequence numbers that order a stream's events. Padded with zeroes to one width they can be compared as text.</summary>
public static class StreamSequence
{
    /// <summary>SQS's sequence numbers have 20 digits, those of DynamoDB's streams up to 40.</summary>
    public const int Width = 40;

    /// <exception cref="FormatException">The sequence is not 1 to 40 digits.</exception>
    public static string Padded(string sequence) =>
        sequence.Length is > 0 and <= Width && sequence.All(char.IsAsciiDigit)
            ? sequence.PadLeft(Width, '0')
            : throw new FormatException($"A stream's sequence has 1 to {Width} digits, and is \"{sequence}\".");
}
