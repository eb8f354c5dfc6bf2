namespace DataToEvents.Adapters.Formats;

/// <summary>Sequence numbers that order a stream's events. Padded with zeroes to one width they can be compared as text.</summary>
public static class StreamSequence
{
    public const int Width = DataEvent.MaxSequenceDigits;

    /// <summary>
    /// The place of an event in its stream, as text that can be compared: the producer's number if the event has one, and then the order in which the stream's
    /// events were stored. Events without a number come before those with one.
    /// </summary>
    /// <param name="stored">The event.</param>
    /// <param name="sequence">The queue's sequence number.</param>
    /// <exception cref="FormatException">The sequence is not 1 to 40 digits.</exception>
    public static string Of(DataEvent stored, string sequence) =>
        stored.ProducerSequence is { } number ? $"p{Padded(number)}#{Padded(sequence)}" : Padded(sequence);

    /// <exception cref="FormatException">The sequence is not 1 to 40 digits.</exception>
    public static string Padded(string sequence) =>
        DataEvent.IsSequence(sequence)
            ? sequence.PadLeft(Width, '0')
            : throw new FormatException($"A stream's sequence has 1 to {Width} digits, and is \"{sequence}\".");
}
