using System.Collections.Concurrent;

namespace DataToEvents.Emulator.Delivery;

/// <summary>A pool of buffers for the events that functions get.</summary>
public sealed class EventBuffers
{
    /// <summary>A buffer with more bytes than this is not kept.</summary>
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

/// <summary>A buffer that grows, with a JSON writer into it.</summary>
public sealed class EventBuffer
{
    // AWS escapes only those characters that JSON requires to be escaped.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> _bytes = new(16 * 1024);
    private int _begin;

    public EventBuffer() => Writer = new Utf8JsonWriter(_bytes, Options);

    public Utf8JsonWriter Writer { get; }

    /// <summary>All bytes that were written and flushed. Valid until the buffer is returned.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.WrittenMemory;

    /// <summary>Begins one of several JSON texts that follow each other in the buffer.</summary>
    public Utf8JsonWriter Begin()
    {
        _begin = _bytes.WrittenCount;
        Writer.Reset();
        return Writer;
    }

    /// <returns>The bytes written since <see cref="Begin"/>. They stay valid until the buffer is returned, also when more is written.</returns>
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
