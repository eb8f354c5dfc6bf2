namespace DataToEvents.Domain.Envelope;

/// <summary>Writes envelopes one after the other: one writer and one scratch buffer serve a batch, and its arena keeps the results.</summary>
/// <param name="arena">Null keeps each envelope in an array of its own.</param>
internal sealed class EnvelopeWriter(ByteArena? arena)
{
    private static readonly JsonWriterOptions OneLine = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = int.MaxValue,
        SkipValidation = true,
    };

    private readonly ArrayBufferWriter<byte> _scratch = new(2_048);
    private Utf8JsonWriter? _json;

    /// <summary>Begins an envelope, which <see cref="End"/> completes.</summary>
    public Utf8JsonWriter Begin()
    {
        _scratch.ResetWrittenCount();
        _json ??= new Utf8JsonWriter(_scratch, OneLine);
        _json.Reset();
        return _json;
    }

    public ReadOnlyMemory<byte> End()
    {
        _json!.Flush();
        if (arena is null)
        {
            return _scratch.WrittenSpan.ToArray();
        }

        var kept = arena.Take(_scratch.WrittenCount);
        _scratch.WrittenSpan.CopyTo(kept.Span);
        return kept;
    }
}
