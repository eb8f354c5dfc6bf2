namespace DataToEvents.Application.Transformer;

/// <param name="InlineLimit">Bytes of an envelope above which its payload goes to the payload store.</param>
public sealed record TransformerOptions(int InlineLimit = TransformerOptions.DefaultInlineLimit)
{
    /// <summary>
    /// Safe on every hop: DynamoDB takes items of 400 KB, and EventBridge's limit for a request is 256 KB in one half of its
    /// documents and 1 MB in the other (facts.md, section 4: uncertain), so the smaller one counts.
    /// </summary>
    public const int DefaultInlineLimit = 240_000;

    /// <summary>Lambda: an answer of at most 6 MB (facts.md, section 5), less a margin for what the runtime may add.</summary>
    public const int MaxAnswerBytes = 6_000_000;
}
