using DataToEvents.Emulator.Buses.Patterns;

namespace DataToEvents.Emulator.Lambda.Mappings;

/// <summary>
/// Lambda's filter criteria for a table's stream. Numbers are strings in stream records, so numeric patterns match nothing (Lambda developer guide,
/// "Using event filtering with a DynamoDB event source").
/// </summary>
public sealed class StreamFilter
{
    /// <summary>Lambda takes five filters for a mapping, and ten on request (Lambda developer guide, "Control which events Lambda sends to your function").</summary>
    private const int MaxPatterns = 10;

    private readonly List<EventPattern> _patterns;
    private readonly ItemTableOptions _table;

    /// <param name="patterns">Event patterns as JSON; a change is wanted when one of them matches its record.</param>
    /// <param name="table">The table of the stream.</param>
    /// <exception cref="ServiceException">A pattern is not valid: Lambda's message, and behind it the place in the pattern.</exception>
    public StreamFilter(IReadOnlyCollection<string> patterns, ItemTableOptions table)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(patterns.Count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(patterns.Count, MaxPatterns);
        (_patterns, _table) = ([.. patterns.Select(Parse)], table);
    }

    private static EventPattern Parse(string pattern)
    {
        try
        {
            return EventPattern.Parse(pattern);
        }
        catch (ServiceException invalid)
        {
            throw new ServiceException("InvalidParameterValueException", $"Invalid filter pattern definition. {invalid.Message}");
        }
    }

    public bool Wants(ChangeRecord change)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        StreamRecordJson.Write(writer, change, _table, _table.StreamArn);
        writer.Flush();
        using var record = JsonDocument.Parse(buffer.WrittenMemory);
        return _patterns.Exists(pattern => pattern.Matches(record.RootElement));
    }
}
