namespace DataToEvents.Fuzz.Tests.Engine;

/// <summary>Makes new inputs from old ones: by random bytes, by JSON tokens, and by the target's own words.</summary>
internal sealed class Mutations(Random random, IReadOnlyList<string> words)
{
    private const int MaxLength = 64 * 1024;

    private static readonly byte[][] Values = Array.ConvertAll<string, byte[]>(
        [
            "null", "true", "\"\"", "{}", "[]", "0", "-0", "1.0", "1e400", "9223372036854775808", "\"\\ud800\"", "\"\\u0000\"", "\"é😀\"",
            "\"\\\"\"", "[[[[]]]]", "{\"a\":{\"a\":1}}", "\"2026-11-24T00:00:00Z\"", "\"AAAA\"", "\"a\\u002fb\"",
        ],
        Encoding.UTF8.GetBytes);

    private readonly byte[][] _words = [.. words.Select(Encoding.UTF8.GetBytes)];

    public byte[] Of(IReadOnlyList<byte[]> pool)
    {
        var input = Pick(pool);
        for (var changes = 1 << random.Next(4); changes > 0; changes--)
        {
            input = Change(input, pool);
        }

        return input.Length > MaxLength ? input[..MaxLength] : input;
    }

    private byte[] Change(byte[] input, IReadOnlyList<byte[]> pool) => random.Next(11) switch
    {
        0 => With(input, bytes => bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8))),
        1 => With(input, bytes => bytes[random.Next(bytes.Length)] = (byte)random.Next(256)),
        2 => Replace(input, Place(input), 0, Noise()),
        3 => Cut(input),
        4 => Repeat(input),
        5 => [.. input[..Place(input)], .. Tail(Pick(pool))],
        6 => Replace(input, Place(input), 0, Pick(_words)),
        7 => ReplaceToken(input, Pick(Values)),
        8 => ReplaceToken(input, Pick(_words)),
        9 => ReplaceToken(input, []),
        _ => Nest(input),
    };

    private static byte[] With(byte[] input, Action<byte[]> change)
    {
        byte[] copy = [.. input];
        if (copy.Length > 0)
        {
            change(copy);
        }

        return copy;
    }

    private byte[] Cut(byte[] input)
    {
        var start = Place(input);
        return Replace(input, start, random.Next(input.Length - start + 1), []);
    }

    private byte[] Repeat(byte[] input)
    {
        var start = Place(input);
        var piece = input[start..(start + Math.Min(random.Next(64), input.Length - start))];
        return Replace(input, start, 0, [.. Enumerable.Repeat(piece, 1 << random.Next(10)).SelectMany(static bytes => bytes).Take(MaxLength)]);
    }

    private byte[] Nest(byte[] input)
    {
        var (open, close) = random.Next(2) == 0 ? ("[", "]") : ("{\"a\":", "}");
        var levels = 1 << random.Next(12);
        return [.. Encoding.ASCII.GetBytes(Times(open, levels)), .. input, .. Encoding.ASCII.GetBytes(Times(close, levels))];
    }

    private byte[] ReplaceToken(byte[] input, byte[] by)
    {
        var tokens = Tokens.Of(input);
        if (tokens.Count == 0)
        {
            return by;
        }

        var (start, length) = tokens[random.Next(tokens.Count)];
        return Replace(input, start, length, by);
    }

    private static byte[] Replace(byte[] input, int start, int length, byte[] by) => [.. input[..start], .. by, .. input[(start + length)..]];

    private static string Times(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private byte[] Tail(byte[] input) => input[Place(input)..];

    private int Place(byte[] input) => random.Next(input.Length + 1);

    private byte[] Noise()
    {
        var noise = new byte[random.Next(9)];
        random.NextBytes(noise);
        return noise;
    }

    private byte[] Pick(IReadOnlyList<byte[]> choices) => choices.Count == 0 ? [] : choices[random.Next(choices.Count)];
}
