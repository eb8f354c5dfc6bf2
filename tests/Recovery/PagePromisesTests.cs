using DataToEvents.Domain;
using DataToEvents.Local.Page;
using DataToEvents.Local.Reporting;
using Microsoft.Extensions.Time.Testing;

namespace DataToEvents.Recovery.Tests;

/// <summary>What the local page says of order and of poison, and by which evidence.</summary>
public sealed class PagePromisesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, DateTimeOffset?> _stored = [];
    private readonly HashSet<string> _store = [];
    private readonly FollowedEvents _followed;
    private readonly PoisonNeighbours _neighbours;

    public PagePromisesTests()
    {
        _followed = new FollowedEvents(delivered => Task.FromResult(_stored.TryGetValue(delivered.Id.Value, out var at) ? new StoredCopy(delivered, at) : null));
        _neighbours = new PoisonNeighbours((_, key) => Task.FromResult(_store.Contains(key)), new FakeTimeProvider());
    }

    [Fact]
    public async Task Order_is_kept_where_events_were_stored_as_the_queue_had_them_however_the_bus_delivers()
    {
        await DeliverAsync("e-2", sequence: 2, stored: Noon.AddSeconds(1));
        await DeliverAsync("e-1", sequence: 1, stored: Noon);
        await DeliverAsync("e-3", sequence: 3, stored: Noon.AddSeconds(1));

        Promises.Order(_followed).Should().Match<PagePromise>(promise => promise.State == "kept" && promise.Evidence.StartsWith("2 pairs of events of 1 stream stored") && promise.Evidence.Contains("1 came late"));
    }

    [Fact]
    public void One_of_a_kind_is_said_in_the_singular()
    {
        var counts = new PathCounts { Accepted = 1, Duplicates = 1, Conflicts = 1, Failed = new FailedByPlace(0, 0, 0, 0) };

        Promises.Of(counts, inView: 1, inStore: 1, new PoisonFeed(null!, null!, _neighbours, TimeProvider.System), _followed, aside: 1).Select(static promise => promise.Evidence).Should().ContainInOrder(
            "1 accepted record is accounted for, 1 object or message lies in a named place",
            "1 stored, 1 in the consumer's view; 1 second copy recognised, 1 conflict kept apart");
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public async Task Order_is_broken_where_a_later_event_was_stored_first(int first, int second)
    {
        foreach (var number in new[] { first, second })
        {
            await DeliverAsync($"e-{number}", number, Noon.AddSeconds(-number));
        }

        Promises.Order(_followed).Should().Match<PagePromise>(promise => promise.State == "broken" && promise.Evidence.StartsWith("in 1 of 1 pair "));
    }

    [Fact]
    public async Task Order_is_not_judged_by_one_event_of_a_stream_nor_by_a_second_delivery_nor_without_times()
    {
        await DeliverAsync("e-1", sequence: 1, stored: Noon);
        await DeliverAsync("e-1", sequence: 1, stored: Noon);
        await DeliverAsync("e-2", sequence: 2, stored: null);

        Promises.Order(_followed).Should().Match<PagePromise>(promise => promise.State == "seen" && promise.Evidence.StartsWith("not judged yet"));
    }

    [Fact]
    public async Task Poison_stays_local_where_a_good_record_among_it_is_stored()
    {
        var key = Fed();
        _store.Add(key);

        await _neighbours.LookAsync(isSettled: false, othersOn: false);

        State().Should().Be("kept");
    }

    [Fact]
    public async Task Poison_is_not_local_where_a_good_record_among_it_is_neither_stored_nor_under_way()
    {
        _store.Add(Fed());
        Fed();

        await _neighbours.LookAsync(isSettled: true, othersOn: false);
        State().Should().Be("kept", "it may have come after the look began");
        await _neighbours.LookAsync(isSettled: true, othersOn: false);

        State().Should().Be("broken");
    }

    [Fact]
    public async Task What_is_under_way_is_no_doubt()
    {
        _store.Add(Fed());
        Fed();

        foreach (var isSettled in new[] { true, false, true, false })
        {
            await _neighbours.LookAsync(isSettled, othersOn: false);
        }

        State().Should().Be("kept");
    }

    [Fact]
    public async Task A_record_that_another_fault_may_have_hit_is_not_judged()
    {
        _store.Add(Fed());
        Fed();

        await _neighbours.LookAsync(isSettled: true, othersOn: true);
        await _neighbours.LookAsync(isSettled: true, othersOn: false);
        await _neighbours.LookAsync(isSettled: true, othersOn: false);

        State().Should().Be("kept");
    }

    [Fact]
    public async Task A_catalog_that_takes_no_such_record_breaks_no_promise()
    {
        Fed();

        await _neighbours.LookAsync(isSettled: true, othersOn: false);
        await _neighbours.LookAsync(isSettled: true, othersOn: false);

        State().Should().Be("seen");
    }

    [Fact]
    public void Poison_that_was_not_fed_is_not_judged_and_the_page_says_how()
    {
        Promises.Poison(hostile: 0, _neighbours).Should().Match<PagePromise>(promise => promise.State == "seen" && promise.Evidence.Contains("the switch Poison"));
    }

    [Fact]
    public void A_good_record_among_poison_is_an_event_of_its_own()
    {
        var (record, key) = _neighbours.Next();

        var read = DataEvent.Parse(record);
        read.Key.Should().Be(key);
        read.Stream.Value.Should().Be("page-neighbours");
        _neighbours.Next().Key.Should().NotBe(key);
    }

    private string Fed()
    {
        var key = _neighbours.Next().Key;
        _neighbours.Await(key);
        return key;
    }

    private string State() => Promises.Poison(hostile: 6, _neighbours).State;

    private Task DeliverAsync(string id, int sequence, DateTimeOffset? stored)
    {
        _stored[id] = stored;
        return _followed.FollowAsync(DataEvent.Parse(Encoding.UTF8.GetBytes(
            $$"""{"specversion":"1.0","id":"{{id}}","source":"/s","type":"t","subject":"stream","time":"2026-11-24T12:00:00Z","dtesequence":"{{sequence:D20}}","data":1}""")));
    }
}
