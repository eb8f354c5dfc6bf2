using DataToEvents.Application.EventStorer;
using DataToEvents.Emulator.Delivery;
using DataToEvents.Emulator.Tables;

namespace DataToEvents.Adapters.Embedded;

/// <summary>The append-only store in this process.</summary>
public sealed class EmbeddedEventStore(ItemTable table) : IEventStore
{
    private readonly EventBuffers _buffers = new();

    public async Task<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<EventToStore> batch, CancellationToken cancellationToken)
    {
        var hashes = batch.Select(item => item.Event.ContentHash()).ToArray();
        var buffer = _buffers.Rent();
        var outcomes = await table.PutIfAbsentAsync([.. batch.Select((item, index) => Item(buffer, item, hashes[index]))]);
        _buffers.Return(buffer);
        return [.. outcomes.Select((outcome, index) => Outcome(outcome, batch[index].Event))];
    }

    private static AppendOutcome Outcome(PutOutcome outcome, DataEvent sent) => outcome switch
    {
        PutOutcome.Invalid invalid => new AppendOutcome(AppendKind.Unstorable, $"{invalid.Code}: {invalid.Message}"),
        PutOutcome.AlreadyExists existing => new AppendOutcome(sent.HasContentHash(HashOf(existing.Item)) ? AppendKind.Duplicate : AppendKind.Conflict),
        _ => new AppendOutcome(AppendKind.Stored),
    };

    private static string? HashOf(ReadOnlyMemory<byte> item)
    {
        using var document = JsonDocument.Parse(item);
        return document.RootElement.TryGetProperty(EventItem.Hash, out var hash) ? hash.GetProperty("S").GetString() : null;
    }

    private static ReadOnlyMemory<byte> Item(EventBuffer buffer, EventToStore stored, string hash)
    {
        var (json, data) = (buffer.Begin(), stored.Event);
        json.WriteStartObject();
        WriteText(json, EventItem.PartitionKey, data.Stream.Value);
        WriteText(json, EventItem.SortKey, data.Key);
        WriteText(json, EventItem.Sequence, stored.Sequence);
        WriteText(json, EventItem.Type, data.Type);
        WriteText(json, EventItem.Time, data.Time);
        WriteText(json, EventItem.Hash, hash);
        if (data.TraceParent is { } trace)
        {
            WriteText(json, EventItem.Trace, trace);
        }

        WriteNumber(json, EventItem.Stored, stored.StoredAt.ToUnixTimeMilliseconds());
        if (stored.ExpiresAt is { } expiry)
        {
            WriteNumber(json, EventItem.ExpiresAt, expiry.ToUnixTimeSeconds());
        }

        json.WriteStartObject(EventItem.Envelope);
        json.WriteQuotedJson("S"u8, data.Envelope.Span);
        json.WriteEndObject();
        json.WriteEndObject();
        return buffer.End();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, long value)
    {
        json.WriteStartObject(name);
        json.WriteString("N"u8, value.ToString((IFormatProvider?)null));
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string value)
    {
        json.WriteStartObject(name);
        json.WriteString("S"u8, value);
        json.WriteEndObject();
    }
}
