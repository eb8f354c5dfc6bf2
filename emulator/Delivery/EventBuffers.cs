using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DataToEvents.Emulator.Delivery;

/// <summary>Buffers that events of functions are written into, used again and again.</summary>
public sealed class EventBuffers
{
    /// <summary>A buffer that has grown beyond this is not kept.</summary>
    private const int KeptBytes = 1024 * 1024;

    private readonly ConcurrentBag<EventBuffer> _idle = [];

    public EventBuffer Rent() => _idle.TryTake(out var buffer) ? buffer : new EventBuffer();

    public void Return(EventBuffer buffer)
    {
        if (buffer.Written.Length <= KeptBytes)
        {
            buffer.Clear();
            _idle.Add(buffer);
        }
    }
}

/// <summary>A growing buffer with its JSON writer.</summary>
public sealed class EventBuffer
{
    // As AWS writes JSON: only what must be escaped is.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> _bytes = new(16 * 1024);
    private int _begin;

    public EventBuffer() => Writer = new Utf8JsonWriter(_bytes, Options);

    public Utf8JsonWriter Writer { get; }

    /// <summary>All that was written and flushed; valid until the buffer is returned.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.WrittenMemory;

    /// <summary>The writer for one of several JSON texts, one after another.</summary>
    public Utf8JsonWriter Begin()
    {
        _begin = _bytes.WrittenCount;
        Writer.Reset();
        return Writer;
    }

    /// <returns>What was written since <see cref="Begin"/>; valid until the buffer is returned, whatever follows it.</returns>
    public ReadOnlyMemory<byte> End()
    {
        Writer.Flush();
        return _bytes.WrittenMemory[_begin..];
    }

    internal void Clear()
    {
        _bytes.ResetWrittenCount();
        Writer.Reset();
    }
}
