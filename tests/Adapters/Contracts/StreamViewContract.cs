using DataToEvents.Application.EventResponder;
using DataToEvents.Domain;
using DataToEvents.Emulator.Tests.Http.Contract;

namespace DataToEvents.Adapters.Tests.Contracts;

/// <summary>The contract of a view, as the EventResponder relies on it.</summary>
public abstract class StreamViewContract : PortContract
{
    protected abstract IStreamView View { get; }

    /// <summary>The same view.</summary>
    protected abstract IViewQueries Queries { get; }

    [ContractFact]
    public async Task An_empty_view_has_nothing_to_show()
    {
        var summary = await Queries.SummaryAsync(default);

        (summary.Events, summary.Streams, summary.ByType.Count).Should().Be((0, 0, 0));
        (await Queries.StreamAsync(new StreamId("orders-1"), default)).Should().BeNull();
        (await Queries.EventsAsync(new(), null, 10, default).ToListAsync()).Should().BeEmpty();
        (await Queries.EventsAsync(new("order.placed"), null, 10, default).ToListAsync()).Should().BeEmpty();
    }

    [ContractFact]
    public async Task An_event_counts_once_however_often_it_comes()
    {
        (await View.ApplyAsync(Some.Event(), "1", default)).Should().BeTrue();
        (await View.ApplyAsync(Some.Event(id: "e-2"), "2", default)).Should().BeTrue();
        (await View.ApplyAsync(Some.Event(), "1", default)).Should().BeFalse();
        (await View.ApplyAsync(Some.Event(id: "e-2"), "2", default)).Should().BeFalse();

        (await Queries.SummaryAsync(default)).Events.Should().Be(2);
        (await Queries.StreamAsync(new StreamId("orders-1"), default))!.Events.Should().Be(2);
        (await Queries.EventsAsync(new(), null, 10, default).ToListAsync()).Should().HaveCount(2);
    }

    [ContractFact]
    public async Task The_same_id_of_two_sources_is_two_events()
    {
        (await View.ApplyAsync(Some.Event(), "1", default)).Should().BeTrue();
        (await View.ApplyAsync(Some.Event(source: "/tests/2"), "2", default)).Should().BeTrue();

        (await Queries.StreamAsync(new StreamId("orders-1"), default))!.Events.Should().Be(2);
        (await Queries.EventsAsync(new(), null, 10, default).ToListAsync()).Select(listed => DataEvent.Parse(listed.Envelope).Source).Should().Equal("/tests/2", "/tests");
    }

    [ContractFact]
    public async Task Many_copies_at_once_count_once()
    {
        var applied = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => View.ApplyAsync(Some.Event(), "1", default)));

        applied.Should().ContainSingle(wasNew => wasNew);
        (await Queries.SummaryAsync(default)).Events.Should().Be(1);
    }

    [ContractFact]
    public async Task The_latest_is_the_one_with_the_highest_sequence_in_whatever_order_they_come()
    {
        foreach (var sequence in new[] { "9", "10", "100", "99", "8" })
        {
            await View.ApplyAsync(Some.Event(id: $"e-{sequence}"), sequence, default);
        }

        var stream = await Queries.StreamAsync(new StreamId("orders-1"), default);
        stream!.Stream.Value.Should().Be("orders-1");
        stream.Events.Should().Be(5);
        Id(stream.Latest).Should().Be("e-100");
    }

    /// <summary>The queue's order is another one here, as it is when two batches of Firehose pass each other.</summary>
    [ContractFact]
    public async Task The_producer_s_numbers_order_a_stream_before_the_queue_s_and_events_without_one_come_first()
    {
        foreach (var (id, number, sequence) in new[] { ("third", "10", "1"), ("second", "9", "2"), ("last", "0011", "3"), ("again", "10", "4"), ("first", null, "5") })
        {
            await View.ApplyAsync(Some.Event(id: id, sequence: number), sequence, default);
        }

        Id((await Queries.StreamAsync(new StreamId("orders-1"), default))!.Latest).Should().Be("last");
        (await Queries.HistoryAsync(new StreamId("orders-1"), null, 10, default).ToListAsync()).Select(listed => Id(listed.Envelope))
            .Should().Equal("first", "second", "third", "again", "last");
    }

    [ContractFact]
    public async Task Events_are_counted_by_type_and_streams_once()
    {
        await View.ApplyAsync(Some.Event("s-1", "a", type: "order.placed"), "1", default);
        await View.ApplyAsync(Some.Event("s-1", "b", type: "order.shipped"), "2", default);
        await View.ApplyAsync(Some.Event("s-2", "a", type: "order.placed"), "1", default);

        var summary = await Queries.SummaryAsync(default);

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

        (await Queries.EventsAsync(new(), null, 1_000, default).ToListAsync()).Select(listed => Id(listed.Envelope)).Should().Equal(Enumerable.Range(0, 30).Reverse().Select(number => $"e-{number}"));
        (await Queries.EventsAsync(new(), null, 4, default).ToListAsync()).Select(listed => Id(listed.Envelope)).Should().Equal("e-29", "e-28", "e-27", "e-26");
        (await Queries.EventsAsync(new("third"), null, 3, default).ToListAsync()).Select(listed => Id(listed.Envelope)).Should().Equal("e-27", "e-24", "e-21");
        (await Queries.EventsAsync(new("unknown"), null, 3, default).ToListAsync()).Should().BeEmpty();
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
            while (await Queries.EventsAsync(new(type), listed.Count == 0 ? null : listed[^1].Position, 4, default).ToListAsync() is { Count: > 0 } page)
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
    public async Task Events_are_listed_from_one_time_to_another_by_when_they_were_applied()
    {
        var before = new List<DateTimeOffset>();
        for (var number = 0; number < 12; number++)
        {
            before.Add(DateTimeOffset.UtcNow);
            await View.ApplyAsync(Some.Event($"s-{number % 5}", $"e-{number}", type: number % 3 == 0 ? "third" : "other"), $"{number}", default);
            await NextTickAsync();
        }

        (await ListAsync(new(From: before[9]), null)).Should().Equal("e-11", "e-10", "e-9");
        (await ListAsync(new(To: before[2]), null)).Should().Equal("e-1", "e-0");
        (await ListAsync(new("third", before[2], before[9]), null)).Should().Equal("e-6", "e-3");
        (await ListAsync(new(From: before[2], To: before[2]), null)).Should().BeEmpty();
        (await ListAsync(new(From: before[3], To: before[2]), null)).Should().BeEmpty();
        (await ListAsync(new(From: DateTimeOffset.MinValue, To: DateTimeOffset.MaxValue), null)).Should().HaveCount(12);

        var newest = await Queries.EventsAsync(new(From: before[2]), null, 4, default).ToListAsync();
        (await ListAsync(new(From: before[2]), newest[^1].Position)).Should().Equal("e-7", "e-6", "e-5", "e-4", "e-3", "e-2");
        (await ListAsync(new(From: before[2], To: before[6]), newest[^1].Position)).Should().Equal("e-5", "e-4", "e-3", "e-2");
        (await ListAsync(new(From: before[11]), newest[^1].Position)).Should().BeEmpty();
    }

    [ContractFact]
    public async Task A_history_has_the_events_of_its_stream_in_their_order_in_whatever_order_they_come()
    {
        foreach (var sequence in new[] { "9", "10", "100", "99", "8" })
        {
            await View.ApplyAsync(Some.Event(id: $"e-{sequence}"), sequence, default);
            await View.ApplyAsync(Some.Event(id: $"e-{sequence}"), sequence, default);
            await View.ApplyAsync(Some.Event("orders-2", $"other-{sequence}"), sequence, default);
        }

        (await HistoryAsync(null, 10)).Select(listed => Id(listed.Envelope)).Should().Equal("e-8", "e-9", "e-10", "e-99", "e-100");
        (await HistoryAsync(null, 2)).Select(listed => Id(listed.Envelope)).Should().Equal("e-8", "e-9");
        (await Queries.HistoryAsync(new StreamId("nobody"), null, 10, default).ToListAsync()).Should().BeEmpty();

        Task<List<ListedEvent>> HistoryAsync(string? after, int limit) => Queries.HistoryAsync(new StreamId("orders-1"), after, limit, default).ToListAsync().AsTask();
    }

    [ContractFact]
    public async Task A_history_goes_on_after_a_position_also_when_events_come_in_between()
    {
        for (var number = 10; number < 40; number++)
        {
            // Events without a sequence of their own share one.
            await View.ApplyAsync(Some.Event(id: $"e-{number}"), number < 20 ? "0" : $"{number}", default);
        }

        var listed = new List<ListedEvent>();
        while (await Queries.HistoryAsync(new StreamId("orders-1"), listed.Count == 0 ? null : listed[^1].Position, 7, default).ToListAsync() is { Count: > 0 } page)
        {
            listed.AddRange(page);
            await View.ApplyAsync(Some.Event(id: $"new {listed.Count}"), $"{1_000 + listed.Count}", default);
            if (listed.Count > 60)
            {
                break;
            }
        }

        listed.Take(10).Select(entry => Id(entry.Envelope)).Should().BeEquivalentTo(Enumerable.Range(10, 10).Select(number => $"e-{number}"));
        listed.Skip(10).Take(20).Select(entry => Id(entry.Envelope)).Should().Equal(Enumerable.Range(20, 20).Select(number => $"e-{number}"));
        listed.Skip(30).Should().NotBeEmpty();
        listed.Select(entry => entry.Position).Should().OnlyHaveUniqueItems().And.AllSatisfy(position => position.Should().MatchRegex("^[!-~]{1,999}$"));
    }

    [ContractFact]
    public async Task An_event_is_found_by_its_id_in_every_stream_and_source_that_uses_it()
    {
        (string Stream, string Source)[] places = [("s-1", "/a"), ("s-2", "/a"), ("s-1", "/a#b"), ("s-1", "/ä/東京")];
        foreach (var (stream, source) in places)
        {
            await View.ApplyAsync(Some.Event(stream, "e-1", source: source), "1", default);
            await View.ApplyAsync(Some.Event(stream, "e-2", source: source), "2", default);
        }

        (await FindAsync("e-1", null)).Should().BeEquivalentTo(places);
        foreach (var (_, source) in places)
        {
            (await FindAsync("e-1", source)).Should().BeEquivalentTo(places.Where(place => place.Source == source));
        }

        (await FindAsync("e-1", "/b")).Should().BeEmpty();
        (await FindAsync("e", null)).Should().BeEmpty();

        var first = await Queries.WithIdAsync(new EventId("e-1"), null, null, 3, default).ToListAsync();
        var rest = await Queries.WithIdAsync(new EventId("e-1"), null, first[^1].Position, 3, default).ToListAsync();
        first.Concat(rest).Select(listed => DataEvent.Parse(listed.Envelope)).Select(found => (found.Stream.Value, found.Source)).Should().BeEquivalentTo(places);
        first.Concat(rest).Should().AllSatisfy(listed => listed.Position.Should().MatchRegex("^[!-~]{1,999}$"));

        async Task<IEnumerable<(string, string)>> FindAsync(string id, string? source) =>
            (await Queries.WithIdAsync(new EventId(id), source, null, 10, default).ToListAsync()).Select(listed => DataEvent.Parse(listed.Envelope)).Select(found => (found.Stream.Value, found.Source));
    }

    [ContractFact]
    public async Task Names_of_any_length_and_characters_are_kept_apart()
    {
        string[] streams = [new('s', StreamId.MaxBytes), new string('s', StreamId.MaxBytes - 1) + "t", "東京 😀 #", "a#b"];
        foreach (var stream in streams)
        {
            (await View.ApplyAsync(Some.Event(stream, new('i', EventId.MaxBytes), type: new('t', 3_000)), "1", default)).Should().BeTrue();
        }

        (await Queries.SummaryAsync(default)).ByType.Should().Equal(new Dictionary<string, long> { [new('t', 3_000)] = streams.Length });
        (await Queries.EventsAsync(new(new string('t', 3_000)), null, 10, default).ToListAsync()).Should().HaveCount(streams.Length);
        foreach (var stream in streams)
        {
            (await Queries.StreamAsync(new StreamId(stream), default))!.Events.Should().Be(1);
            (await Queries.HistoryAsync(new StreamId(stream), null, 10, default).ToListAsync()).Should().ContainSingle();
        }

        (await Queries.WithIdAsync(new EventId(new('i', EventId.MaxBytes)), null, null, 10, default).ToListAsync()).Should().HaveCount(streams.Length);
    }

    [ContractFact]
    public async Task Envelopes_are_kept_byte_for_byte()
    {
        foreach (var payload in Some.DelicatePayloads)
        {
            var applied = Some.Event($"stream {payload.Length}", data: payload);
            await View.ApplyAsync(applied, "1", default);
            Text((await Queries.StreamAsync(applied.Stream, default))!.Latest).Should().Be(Text(applied.Envelope));
            Text((await Queries.EventsAsync(new(), null, 1, default).ToListAsync())[0].Envelope).Should().Be(Text(applied.Envelope));
        }
    }

    private async Task<IEnumerable<string>> ListAsync(EventSelection selection, string? before) =>
        (await Queries.EventsAsync(selection, before, 100, default).ToListAsync()).Select(listed => Id(listed.Envelope));

    /// <summary>Until the clock by which events are applied shows another time.</summary>
    private static async Task NextTickAsync()
    {
        for (var now = DateTimeOffset.UtcNow; DateTimeOffset.UtcNow == now;)
        {
            await Task.Yield();
        }
    }

    private static string Id(ReadOnlyMemory<byte> envelope) => DataEvent.Parse(envelope).Id.Value;

    private static string Text(ReadOnlyMemory<byte> envelope) => Encoding.UTF8.GetString(envelope.Span);
}
