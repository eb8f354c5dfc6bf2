namespace DataToEvents.Operator.Costs;

/// <summary>A load, and how it is carried.</summary>
/// <param name="Rate">Events a second, every second of the month.</param>
/// <param name="Size">Bytes of an event's payload.</param>
/// <param name="Pack">Events in a Firehose record.</param>
/// <param name="Batched">SQS, DynamoDB and EventBridge calls hold ten; otherwise one, as in the original.</param>
/// <param name="Aot">Native AOT functions; otherwise the original's on Node.</param>
/// <param name="Compressed">A payload is stored compressed when that saves a write unit.</param>
internal sealed record Workload(double Rate, int Size, int Pack = 1, bool Batched = true, bool Aot = true, bool Compressed = false)
{
    public const double SecondsPerMonth = 730 * 3_600;

    /// <summary>The bytes that the envelope adds to the payload: nine attributes with their names. A test compares it with real envelopes.</summary>
    public const int EnvelopeBytes = 255;

    /// <summary>The bytes that the item adds to the envelope: keys (one holds the source), sequence, type, both times, hash and all names, as DynamoDB counts them.</summary>
    public const int ItemBytes = 207;

    /// <summary>1-KB records compress to 350-400 bytes (measured).</summary>
    private const double CompressedShare = 0.4;

    private const int WriteUnit = 1_024;

    /// <summary>Firehose bills each record rounded up to it (facts.md, section 1).</summary>
    private const int FirehoseStep = 5_120;

    private const int LineFeed = 1;

    public double EventsPerMonth => Rate * SecondsPerMonth;

    public int RecordBytes => (Pack * (Size + LineFeed)) - LineFeed;

    public double BilledFirehoseBytesPerEvent => Math.Ceiling((double)RecordBytes / FirehoseStep) * FirehoseStep / Pack;

    public int EnvelopeSize => Size + EnvelopeBytes;

    /// <summary>Compressed only where that saves a unit.</summary>
    public int ItemSize => Compressed && Units(CompressedItem) < Units(PlainItem) ? CompressedItem : PlainItem;

    public int WriteUnits => Units(ItemSize);

    private int PlainItem => EnvelopeSize + ItemBytes;

    private int CompressedItem => (int)Math.Ceiling(Size * CompressedShare) + EnvelopeBytes + ItemBytes;

    private static int Units(int bytes) => (bytes + WriteUnit - 1) / WriteUnit;
}
