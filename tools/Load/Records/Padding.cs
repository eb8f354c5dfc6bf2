namespace DataToEvents.Load.Records;

/// <summary>Fills an event up to a size with letters that are drawn, so that they do not compress to nothing.</summary>
public static class Padding
{
    // ,"padding":"" and the object's own closing brace
    private const int Overhead = 14;

    private const int BitsALetter = 5;

    private static ReadOnlySpan<byte> Letters => "abcdefghijklmnopqrstuvwxyzABCDEF"u8;

    /// <param name="json">Inside an object that has members.</param>
    /// <param name="missing">Bytes that the object lacks, its closing brace included; what is less than the member itself takes adds nothing.</param>
    public static void Write(Utf8JsonWriter json, int missing, ref SplitMix64 random)
    {
        if (missing < Overhead)
        {
            return;
        }

        var text = new byte[missing - Overhead];
        var (bits, left) = (0UL, 0);
        foreach (ref var letter in text.AsSpan())
        {
            if (left < BitsALetter)
            {
                (bits, left) = (random.Next(), 64);
            }

            letter = Letters[(int)(bits & 31)];
            (bits, left) = (bits >> BitsALetter, left - BitsALetter);
        }

        json.WriteString("padding"u8, text);
    }
}
