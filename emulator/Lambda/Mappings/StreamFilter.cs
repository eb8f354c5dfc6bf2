using System.Buffers;
using System.Text.Json;
using DataToEvents.Emulator.Buses;
using DataToEvents.Emulator.Buses.Patterns;
using DataToEvents.Emulator.Tables;

namespace DataToEvents.Emulator.Lambda.Mappings;

/// <summary>Lambda's filter criteria for a table's stream. Numbers are strings there, so that numeric patterns match nothing (facts.md, section 3).</summary>
public sealed class StreamFilter
{
    /// <summary>Lambda: filters of a mapping, more on request (facts.md, section 2).</summary>
    private const int MaxPatterns = 10;

    private readonly List<EventPattern> _patterns;
    private readonly ItemTableOptions _table;

    /// <param name="patterns">JSON; a change is wanted when one of them matches it.</param>
    /// <param name="table">Whose stream it is.</param>
    /// <exception cref="BusException">One is no pattern; the message names the place.</exception>
    public StreamFilter(IReadOnlyCollection<string> patterns, ItemTableOptions table)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(patterns.Count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(patterns.Count, MaxPatterns);
        (_patterns, _table) = ([.. patterns.Select(EventPattern.Parse)], table);
    }

    public bool Wants(ChangeRecord change)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        StreamEvent.Write(writer, change, _table);
        writer.Flush();
        using var record = JsonDocument.Parse(buffer.WrittenMemory);
        return _patterns.Exists(pattern => pattern.Matches(record.RootElement));
    }
}
