namespace DataToEvents.Application.Transformer;

/// <param name="InlineLimit">Bytes of an envelope above which its payload goes to the payload store.</param>
public sealed record TransformerOptions(int InlineLimit = TransformerOptions.DefaultInlineLimit)
{
    /// <summary>An envelope of this size passes every hop. The bus has the smallest limit: 256 KB for a call, with what is around the envelope.</summary>
    public const int DefaultInlineLimit = 240_000;

    /// <summary>An entry of the bus must be smaller than 256 KB, with what the emitter adds to the envelope (Amazon EventBridge User Guide, "Calculating Amazon EventBridge PutEvents event entry size").</summary>
    public const int MaxInlineLimit = 250_000;

    /// <summary>Bytes that a compressed record may hold. A record that holds more fails.</summary>
    public int UnpackedLimit { get; init; } = RecordReader.DefaultUnpackedLimit;

    /// <summary>Bytes of an answer, which is counted to the byte. A function may answer 6 MiB, which is 6,291,456 (AWS Lambda Developer Guide, "Lambda quotas").</summary>
    public const int MaxAnswerBytes = 6_200_000;
}
