using DataToEvents.Application.EventResponder;
using DataToEvents.Domain;
using DataToEvents.Emulator.Tests.Http.Contract;

namespace DataToEvents.Adapters.Tests.Contracts;

/// <summary>The contract of a view, as the EventResponder relies on it.</summary>
public abstract class StreamViewContract : PortContract
{
    protected abstract IStreamView View { get; }

    [ContractFact]
    public async Task An_empty_view_has_nothing_to_show()
    {
        var summary = await View.SummaryAsync(default);

        (summary.Events, summary.Streams, summary.ByType.Count).Should().Be((0, 0, 0));
        (await View.StreamAsync(new StreamId("orders-1"), default)).Should().BeNull();
        (await View.EventsAsync(null, null, 10, default).ToListAsync()).Should().BeEmpty();
        (await View.EventsAsync("order.placed", null, 10, default).ToListAsync()).Should().BeEmpty();
    }

    [ContractFact]
    public async Task An_event_counts_once_however_often_it_comes()
    {
        (await View.ApplyAsync(Some.Event(), "1", default)).Should().BeTrue();
        (await View.ApplyAsync(Some.Event(id: "e-2"), "2", default)).Should().BeTrue();
        (await View.ApplyAsync(Some.Event(), "1", default)).Should().BeFalse();
        (await View.ApplyAsync(Some.Event(id: "e-2"), "2", default)).Should().BeFalse();

        (await View.SummaryAsync(default)).Events.Should().Be(2);
        (await View.StreamAsync(new StreamId("orders-1"), default))!.Events.Should().Be(2);
        (await View.EventsAsync(null, null, 10, default).ToListAsync()).Should().HaveCount(2);
    }

    [ContractFact]
    public async Task The_same_id_of_two_sources_is_two_events()
    {
        (await View.ApplyAsync(Some.Event(), "1", default)).Should().BeTrue();
        (await View.ApplyAsync(Some.Event(source: "/tests/2"), "2", default)).Should().BeTrue();

        (await View.StreamAsync(new StreamId("orders-1"), default))!.Events.Should().Be(2);
        (await View.EventsAsync(null, null, 10, default).ToListAsync()).Select(listed => DataEvent.Parse(listed.Envelope).Source).Should().Equal("/tests/2", "/tests");
    }

    [ContractFact]
    public async Task Many_copies_at_once_count_once()
    {
        var applied = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => View.ApplyAsync(Some.Event(), "1", default)));

        applied.Should().ContainSingle(wasNew => wasNew);
        (await View.SummaryAsync(default)).Events.Should().Be(1);
    }

    [ContractFact]
    public async Task The_latest_is_the_one_with_the_highest_sequence_in_whatever_order_they_come()
    {
        foreach (var sequence in new[] { "9", "10", "100", "99", "8" })
        {
            await View.ApplyAsync(Some.Event(id: $"e-{sequence}"), sequence, default);
        }

        var stream = await View.StreamAsync(new StreamId("orders-1"), default);
        stream!.Stream.Value.Should().Be("orders-1");
        stream.Events.Should().Be(5);
        Id(stream.Latest).Should().Be("e-100");
    }

    [ContractFact]
    public async Task Events_are_counted_by_type_and_streams_once()
    {
        await View.ApplyAsync(Some.Event("s-1", "a", type: "order.placed"), "1", default);
        await View.ApplyAsync(Some.Event("s-1", "b", type: "order.shipped"), "2", default);
        await View.ApplyAsync(Some.Event("s-2", "a", type: "order.placed"), "1", default);

        var summary = await View.SummaryAsync(default);

        (summary.Events, summary.Streams).Should().Be((3, 2));
        summary.ByType.Should().Equal(new Dictionary<string, long> { ["order.placed"] = 2, ["order.shipped"] = 1 });
    }

    [ContractFact]
    public async Task Events_are_listed_last_applied_first_all_or_of_one_type()
    {
        for (var number = 0; number < 30; number++)
        {
            await View.ApplyAsync(Some.Event($"s-{number % 7}", $"e-{number}", type: number % 3 == 0 ? "third" : "other"), $"{number}", default);
        }

        (await View.EventsAsync(null, null, 1_000, default).ToListAsync()).Select(listed => Id(listed.Envelope)).Should().Equal(Enumerable.Range(0, 30).Reverse().Select(number => $"e-{number}"));
        (await View.EventsAsync(null, null, 4, default).ToListAsync()).Select(listed => Id(listed.Envelope)).Should().Equal("e-29", "e-28", "e-27", "e-26");
        (await View.EventsAsync("third", null, 3, default).ToListAsync()).Select(listed => Id(listed.Envelope)).Should().Equal("e-27", "e-24", "e-21");
        (await View.EventsAsync("unknown", null, 3, default).ToListAsync()).Should().BeEmpty();
    }

    [ContractFact]
    public async Task A_list_goes_on_before_a_position_also_when_events_come_in_between()
    {
        for (var number = 0; number < 30; number++)
        {
            await View.ApplyAsync(Some.Event($"s-{number % 7}", $"e-{number}", type: number % 3 == 0 ? "third" : "other"), $"{number}", default);
        }

        foreach (var (type, step) in new[] { ((string?)null, 1), ("third", 3) })
        {
            var listed = new List<ListedEvent>();
            while (await View.EventsAsync(type, listed.Count == 0 ? null : listed[^1].Position, 4, default).ToListAsync() is { Count: > 0 } page)
            {
                listed.AddRange(page);
                await View.ApplyAsync(Some.Event("s-new", $"new {type} {listed.Count}", type: "third"), $"{listed.Count}", default);
            }

            listed.Select(entry => Id(entry.Envelope)).Where(id => id.StartsWith("e-", StringComparison.Ordinal))
                .Should().Equal(Enumerable.Range(0, 30).Where(number => number % step == 0).Reverse().Select(number => $"e-{number}"));
            listed.Select(entry => entry.Position).Should().OnlyHaveUniqueItems().And.AllSatisfy(position => position.Should().MatchRegex("^[!-~]{1,999}$"));
        }
    }

    [ContractFact]
    public async Task Names_of_any_length_and_characters_are_kept_apart()
    {
        string[] streams = [new('s', StreamId.MaxBytes), new string('s', StreamId.MaxBytes - 1) + "t", "東京 😀 #", "a#b"];
        foreach (var stream in streams)
        {
            (await View.ApplyAsync(Some.Event(stream, new('i', EventId.MaxBytes), type: new('t', 3_000)), "1", default)).Should().BeTrue();
        }

        (await View.SummaryAsync(default)).ByType.Should().Equal(new Dictionary<string, long> { [new('t', 3_000)] = streams.Length });
        (await View.EventsAsync(new('t', 3_000), null, 10, default).ToListAsync()).Should().HaveCount(streams.Length);
        foreach (var stream in streams)
        {
            (await View.StreamAsync(new StreamId(stream), default))!.Events.Should().Be(1);
        }
    }

    [ContractFact]
    public async Task Envelopes_are_kept_byte_for_byte()
    {
        foreach (var payload in Some.DelicatePayloads)
        {
            var applied = Some.Event($"stream {payload.Length}", data: payload);
            await View.ApplyAsync(applied, "1", default);
            Text((await View.StreamAsync(applied.Stream, default))!.Latest).Should().Be(Text(applied.Envelope));
            Text((await View.EventsAsync(null, null, 1, default).ToListAsync())[0].Envelope).Should().Be(Text(applied.Envelope));
        }
    }

    private static string Id(ReadOnlyMemory<byte> envelope) => DataEvent.Parse(envelope).Id.Value;

    private static string Text(ReadOnlyMemory<byte> envelope) => Encoding.UTF8.GetString(envelope.Span);
}
