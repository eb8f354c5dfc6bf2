using DataToEvents.Application.EventStorer;
using DataToEvents.Emulator.Tables;

namespace DataToEvents.Adapters.Embedded;

/// <summary>The append-only store in this process.</summary>
public sealed class EmbeddedEventStore(ItemTable table) : IEventStore
{
    public async Task<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<EventToStore> batch, CancellationToken cancellationToken)
    {
        var outcomes = await table.PutIfAbsentAsync([.. batch.Select(Item)]);
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

    private ItemWriter Item(EventToStore stored)
    {
        var data = stored.Event;
        var item = new ItemWriter(table, data.Stream.Value, data.Key)
            .Text(EventItem.Sequence, stored.Sequence)
            .Text(EventItem.Type, data.Type)
            .Text(EventItem.Time, data.Time)
            .Text(EventItem.Hash, data.ContentHash())
            .Number(EventItem.Stored, stored.StoredAt.ToUnixTimeMilliseconds());
        if (data.TraceParent is { } trace)
        {
            item.Text(EventItem.Trace, trace);
        }

        if (stored.ExpiresAt is { } expiry)
        {
            item.Number(EventItem.ExpiresAt, expiry.ToUnixTimeSeconds());
        }

        return item.Text(EventItem.Envelope, data.Envelope.Span, QuotedJson.WriteQuotedJson);
    }
}
