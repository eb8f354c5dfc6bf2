namespace DataToEvents.Load;

/// <summary>Makes poison. Each record holds its number, so that no two are alike; only the empty ones are.</summary>
public static class Poison
{
    // EventBridge takes 1,000 nested levels (facts.md, section 4).
    private const int Levels = 1_100;

    // The Transformer's inline limit is 240,000 bytes.
    private const int LargeBytes = 250_000;

    // Each of these lines becomes an envelope of more than 250 bytes. Together they have over 7 MB, and a Lambda response takes 6 MB.
    private const int UnfitLines = 30_000;

    public static byte[] Make(PoisonKind kind, long seed, long index)
    {
        var mark = string.Create(CultureInfo.InvariantCulture, $"{seed}-{index}");
        return kind switch
        {
            PoisonKind.NotJson => Encoding.UTF8.GetBytes($$"""{"kind":"order","orderId":"10001","note":"breaks off at {{mark}}"""),
            PoisonKind.BrokenUtf8 => [0xFF, 0xFE, .. Encoding.UTF8.GetBytes(mark), 0xC3, 0x28, 0x00, 0x80],
            PoisonKind.Empty => [],
            PoisonKind.Deep => Encoding.UTF8.GetBytes($"{new string('[', Levels)}\"{mark}\"{new string(']', Levels)}"),
            PoisonKind.Large => Text(mark, LargeBytes),
            PoisonKind.Oversize => Text(mark, FirehoseLimits.MaxRecordBytes + 1),
            PoisonKind.Unfit => Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Repeat($$"""{"unfit":"{{mark}}"}""", UnfitLines))),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such poison."),
        };
    }

    private static byte[] Text(string mark, int bytes) => Encoding.UTF8.GetBytes($"\"{mark} {new string('x', bytes - mark.Length - 3)}\"");
}
