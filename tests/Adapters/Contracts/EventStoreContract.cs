using DataToEvents.Adapters.Formats;
using DataToEvents.Application.EventStorer;
using DataToEvents.Domain;
using DataToEvents.Emulator.Tests.Http.Contract;

namespace DataToEvents.Adapters.Tests.Contracts;

/// <summary>A stored item's attributes; null where the item has none.</summary>
public sealed record StoredItem(string Envelope, string Sequence, string Type, string Time, string Hash, string Stored, string? Trace, string? ExpiresAt);

/// <summary>The contract of a store, as the EventStorer relies on it.</summary>
public abstract class EventStoreContract : PortContract
{
    protected abstract IEventStore Store { get; }

    /// <returns>Null when there is no such item.</returns>
    protected abstract Task<StoredItem?> ReadAsync(DataEvent stored);

    [ContractFact]
    public async Task An_absent_event_is_stored_with_all_that_is_known_of_it()
    {
        var stored = Some.Event(trace: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        var outcomes = await Store.AppendAsync([Some.ToStore(stored, "42", DateTimeOffset.FromUnixTimeSeconds(1_800_000_000), storedAt: 1_799_999_999_876)], default);

        outcomes.Should().Equal(new AppendOutcome(AppendKind.Stored));
        (await ReadAsync(stored)).Should().Be(new StoredItem(
            Text(stored), "42", "order.placed", "2026-11-24T09:59:59.5+01:00", stored.ContentHash(), "1799999999876", stored.TraceParent, "1800000000"));
    }

    [ContractFact]
    public async Task An_event_without_trace_and_expiry_has_no_such_attributes()
    {
        var stored = Some.Event();

        await Store.AppendAsync([Some.ToStore(stored)], default);

        var item = await ReadAsync(stored);
        (item!.Trace, item.ExpiresAt).Should().Be((null, null));
    }

    [ContractFact]
    public async Task The_same_content_again_is_a_duplicate_whenever_it_was_accepted()
    {
        await Store.AppendAsync([Some.ToStore(Some.Event())], default);

        var again = Some.Event(acceptedAt: "2026-11-24T11:00:00.000Z", trace: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        var outcomes = await Store.AppendAsync([Some.ToStore(again, "99", storedAt: 1_800_000_000_456)], default);

        outcomes.Should().Equal(new AppendOutcome(AppendKind.Duplicate));
        var item = (await ReadAsync(again))!;
        (item.Envelope, item.Stored).Should().Be((Text(Some.Event()), "1800000000123"));
    }

    [ContractFact]
    public async Task The_same_content_is_a_duplicate_on_the_other_side_of_the_inline_limit()
    {
        var (inline, inlineAfterwards) = (Some.Event(id: "e-1", data: "1"), Some.Event(id: "e-2", data: "1"));
        var (referringAfterwards, referring) = (Referring(inline), Referring(inlineAfterwards));
        await Store.AppendAsync([Some.ToStore(inline)], default);
        await Store.AppendAsync([Some.ToStore(referring)], default);

        var outcomes = (await Store.AppendAsync([Some.ToStore(referringAfterwards)], default)).Concat(await Store.AppendAsync([Some.ToStore(inlineAfterwards)], default));

        outcomes.Should().AllBeEquivalentTo(new AppendOutcome(AppendKind.Duplicate));
        (await ReadAsync(inline))!.Envelope.Should().Be(Text(inline));
        (await ReadAsync(referring))!.Envelope.Should().Be(Text(referring));
    }

    [ContractFact]
    public async Task Other_content_under_the_same_id_is_a_conflict_and_the_first_one_stands()
    {
        await Store.AppendAsync([Some.ToStore(Some.Event(data: "1"))], default);

        var outcomes = await Store.AppendAsync([Some.ToStore(Some.Event(data: "1.0"))], default);

        outcomes.Should().Equal(new AppendOutcome(AppendKind.Conflict));
        (await ReadAsync(Some.Event(data: "1")))!.Envelope.Should().Be(Text(Some.Event(data: "1")));
    }

    [ContractFact]
    public async Task Another_source_under_the_same_id_is_an_event_of_its_own()
    {
        var (one, other) = (Some.Event(), Some.Event(source: "/tests/2"));

        var first = await Store.AppendAsync([Some.ToStore(one)], default);
        var second = await Store.AppendAsync([Some.ToStore(other)], default);
        var again = await Store.AppendAsync([Some.ToStore(other)], default);

        first.Concat(second).Concat(again).Select(outcome => outcome.Kind).Should().Equal(AppendKind.Stored, AppendKind.Stored, AppendKind.Duplicate);
        (await ReadAsync(one))!.Envelope.Should().Be(Text(one));
        (await ReadAsync(other))!.Envelope.Should().Be(Text(other));
    }

    [ContractFact]
    public async Task Another_type_under_the_same_id_is_a_conflict_though_the_payload_is_the_same()
    {
        await Store.AppendAsync([Some.ToStore(Some.Event())], default);

        var ofAnotherType = await Store.AppendAsync([Some.ToStore(Some.Event(type: "order.placed.v2"))], default);
        var again = await Store.AppendAsync([Some.ToStore(Some.Event())], default);

        ofAnotherType.Concat(again).Select(outcome => outcome.Kind).Should().Equal(AppendKind.Conflict, AppendKind.Duplicate);
        (await ReadAsync(Some.Event()))!.Envelope.Should().Be(Text(Some.Event()));
    }

    [ContractFact]
    public async Task A_batch_has_an_outcome_for_each_event_in_order()
    {
        await Store.AppendAsync([Some.ToStore(Some.Event("s-2")), Some.ToStore(Some.Event("s-5"))], default);

        var batch = Enumerable.Range(0, ServiceLimits.StoreEntries).Select(number => Some.ToStore(Some.Event($"s-{number}", data: number == 5 ? "5" : """{"total":1.0}""")));
        var outcomes = await Store.AppendAsync([.. batch], default);

        outcomes.Select(outcome => outcome.Kind).Should().Equal(Enumerable.Range(0, ServiceLimits.StoreEntries).Select(number =>
            number switch { 2 => AppendKind.Duplicate, 5 => AppendKind.Conflict, _ => AppendKind.Stored }));
    }

    [ContractFact]
    public async Task Keys_of_the_greatest_length_and_of_any_characters_are_stored()
    {
        DataEvent[] events =
        [
            Some.Event(new('s', StreamId.MaxBytes), new('i', EventId.MaxBytes)), Some.Event(new('s', StreamId.MaxBytes), new('i', EventId.MaxBytes), source: "/tests/2"),
            Some.Event("s", "e", source: new('s', 3_000)), Some.Event("東京 😀 \" ' ?", "e'\"?; --"),
        ];
        foreach (var stored in events)
        {
            (await Store.AppendAsync([Some.ToStore(stored)], default)).Should().Equal(new AppendOutcome(AppendKind.Stored));
            (await ReadAsync(stored))!.Envelope.Should().Be(Text(stored));
        }
    }

    [ContractFact]
    public async Task Envelopes_are_stored_byte_for_byte()
    {
        foreach (var payload in Some.DelicatePayloads)
        {
            var stored = Some.Event($"stream {payload.Length}", data: payload);
            await Store.AppendAsync([Some.ToStore(stored)], default);
            (await ReadAsync(stored))!.Envelope.Should().Be(Text(stored));
        }
    }

    [ContractFact]
    public async Task An_item_over_the_stores_limit_is_unstorable_and_its_neighbours_are_stored()
    {
        var tooBig = Some.Event("big", data: $"\"{new string('x', 410_000)}\"");

        var outcomes = await Store.AppendAsync([Some.ToStore(Some.Event("s-1")), Some.ToStore(tooBig), Some.ToStore(Some.Event("s-2"))], default);

        outcomes.Select(outcome => outcome.Kind).Should().Equal(AppendKind.Stored, AppendKind.Unstorable, AppendKind.Stored);
        outcomes[1].Reason.Should().NotBeNullOrEmpty();
    }

    private static DataEvent Referring(DataEvent inline) => DataEvent.Parse(Encoding.UTF8.GetBytes(
        Text(inline).Replace("\"data\":1", $"\"dataref\":\"s3://bucket/payloads/6b/{PayloadName.Of("1"u8)}\"", StringComparison.Ordinal)));

    private static string Text(DataEvent stored) => Encoding.UTF8.GetString(stored.Envelope.Span);
}
