using System.Diagnostics.CodeAnalysis;

namespace DataToEvents.Load.Records;

/// <summary>The buffer and writers that a thread uses again for each record.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Lives as long as its thread; the writers own nothing but a place in the buffer.")]
public sealed class Scratch
{
    [ThreadStatic]
    private static Scratch? _ofThisThread;

    /// <summary>Payloads go to no browser: "José" stays as it is, where the default encoder spells it "Jos\u00E9".</summary>
    public static readonly JavaScriptEncoder Literal = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>For events that are to hold no character outside ASCII, not even an escaped one.</summary>
    public static readonly JavaScriptEncoder AsciiOnly = JavaScriptEncoder.Create(UnicodeRanges.BasicLatin);

    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private readonly Utf8JsonWriter _literal;
    private readonly Utf8JsonWriter _escaping;
    private readonly Utf8JsonWriter _ascii;

    private Scratch()
    {
        _literal = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = Literal, SkipValidation = true });
        _escaping = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.Default, SkipValidation = true });
        _ascii = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = AsciiOnly, SkipValidation = true });
    }

    public static Scratch ForThisThread()
    {
        var scratch = _ofThisThread ??= new Scratch();
        scratch._buffer.ResetWrittenCount();
        return scratch;
    }

    /// <summary>A writer at the start of a value; flush it before the next call.</summary>
    public Utf8JsonWriter Writer(bool escapesNonAscii, bool asciiOnly)
    {
        var writer = asciiOnly ? _ascii : escapesNonAscii ? _escaping : _literal;
        writer.Reset();
        return writer;
    }

    public void NewLine() => _buffer.Write("\n"u8);

    public byte[] ToArray() => _buffer.WrittenSpan.ToArray();
}
