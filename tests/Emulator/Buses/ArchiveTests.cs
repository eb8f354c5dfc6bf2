using DataToEvents.Emulator.Buses;
using DataToEvents.Emulator.Storage;

namespace DataToEvents.Emulator.Tests.Buses;

public sealed class ArchiveTests
{
    [Fact]
    public void A_replay_marks_and_delivers_the_archived_events_of_its_time_and_archives_none_again() => OneThread.Run(async () =>
    {
        await using var bed = await BusBed.OpenAsync(Archived);
        bed.Run();
        for (var i = 1; i <= 4; i++)
        {
            await bed.PutAsync(i, i * 10);
            await bed.AdvanceAsync(TimeSpan.FromMinutes(1));
        }

        var start = bed.Time.GetUtcNow();
        bed.Target.Events.Clear();

        var played = await bed.Bus.Replays.PlayAsync("again", start.AddMinutes(-3), start.AddMinutes(-2));
        await OneThread.IdleAsync();
        var all = await bed.Bus.Replays.PlayAsync("all", DateTimeOffset.UnixEpoch, start.AddMinutes(1));

        played.Should().Be(4);
        bed.Taken.Take(4).Should().Equal("2", "20", "3", "30");
        bed.Target.Events[0]["replay-name"]!.GetValue<string>().Should().Be("again");
        all.Should().Be(8, "replayed events are not archived again");
    });

    /// <summary>Amazon EventBridge API Reference, "StartReplay": "A replay processes events to replay based on the time in the event".</summary>
    [Fact]
    public void A_replay_goes_by_the_time_of_the_entry_if_it_has_one() => OneThread.Run(async () =>
    {
        await using var bed = await BusBed.OpenAsync(Archived);
        bed.Run();
        var now = bed.Time.GetUtcNow();
        await bed.Bus.PutEventsAsync([BusBed.Entry(1), BusBed.Entry(2) with { Time = now.AddYears(-9) }, BusBed.Entry(3) with { Time = now.AddYears(9) }]);

        var ofNow = await bed.Bus.Replays.PlayAsync("now", now.AddHours(-1), now.AddHours(1));
        var ofPast = await bed.Bus.Replays.PlayAsync("past", now.AddYears(-10), now.AddHours(-1));
        await OneThread.IdleAsync();

        (ofNow, ofPast).Should().Be((1, 1));
        bed.Taken.Should().Equal("1", "2", "3", "1", "2");
    });

    [Fact]
    public void An_archived_event_is_found_from_a_time_on_with_its_time_of_publication() => OneThread.Run(async () =>
    {
        await using var bed = await BusBed.OpenAsync(Archived);
        var start = bed.Time.GetUtcNow();
        for (var i = 0; i < 300; i++)
        {
            await bed.PutAsync(i, i % 2);
            await bed.AdvanceAsync(TimeSpan.FromSeconds(1));
        }

        var found = await bed.Bus.Archive.FindAsync(start.AddSeconds(100), Is(250));
        var second = await bed.Bus.Archive.FindAsync(start.AddSeconds(7), Is(1));
        var before = await bed.Bus.Archive.FindAsync(start.AddSeconds(251), Is(250));
        var none = await bed.Bus.Archive.FindAsync(start.AddDays(1), Is(250));

        found!.PublishedAt.Should().Be(start.AddSeconds(250));
        Encoding.UTF8.GetString(found.Json.Span).Should().Contain("\"detail-type\":\"Sold\"").And.EndWith("\"detail\":{\"n\":250}}");
        second!.PublishedAt.Should().Be(start.AddSeconds(7), "the first that is not of before the asked time");
        before.Should().BeNull();
        none.Should().BeNull();
    });

    private static Func<ReadOnlyMemory<byte>, bool> Is(int n) => detail => Encoding.UTF8.GetString(detail.Span) == $$"""{"n":{{n}}}""";

    [Fact]
    public void Only_the_chosen_rules_take_part_in_a_replay_and_only_matching_events_are_archived() => OneThread.Run(async () =>
    {
        var other = BusBed.Taking();
        await using var bed = await BusBed.OpenAsync(bed =>
        {
            bed.AddRule();
            bed.AddRule("other", target: other);
            bed.Bus.Archive.Keep("""{"detail":{"n":[{"numeric":[">",1]}]}}""");
        });
        bed.Run();
        await bed.PutAsync(1, 2, 3);
        await bed.PutAsync(1);
        await OneThread.IdleAsync();
        bed.Target.Events.Clear();
        other.Events.Clear();

        await bed.Bus.Replays.PlayAsync("some", DateTimeOffset.UnixEpoch, bed.Time.GetUtcNow(), ["other"]);
        await OneThread.IdleAsync();

        bed.Taken.Should().BeEmpty();
        other.Events.Select(item => (int)item["detail"]!["n"]!).Should().Equal(2, 3);
    });

    [Fact]
    public void A_started_replay_runs_while_the_bus_runs_and_goes_to_the_chosen_rules() => OneThread.Run(async () =>
    {
        var other = BusBed.Taking();
        await using var bed = await BusBed.OpenAsync(bed =>
        {
            Archived(bed);
            bed.AddRule("other", target: other);
        });
        bed.Run();
        await bed.PutAsync(1);
        await OneThread.IdleAsync();

        await bed.Bus.Replays.StartAsync("some", DateTimeOffset.UnixEpoch, bed.Time.GetUtcNow(), ["other"]);
        await bed.Bus.Replays.StartAsync("all", DateTimeOffset.UnixEpoch, bed.Time.GetUtcNow());
        await OneThread.IdleAsync();

        bed.Target.Events.Select(Replay).Should().Equal(null, "all");
        other.Events.Select(Replay).Should().Equal(null, "some", "all");
        (await bed.Bus.Replays.ListAsync()).Select(replay => replay.Name).Should().Equal("all", "some");

        static string? Replay(System.Text.Json.Nodes.JsonNode item) => (string?)item["replay-name"];
    });

    [Fact]
    public async Task The_name_of_a_replay_cannot_be_used_again()
    {
        await using var bed = await BusBed.OpenAsync(Archived);
        await bed.Bus.Replays.PlayAsync("once", DateTimeOffset.UnixEpoch, bed.Time.GetUtcNow());

        var again = () => bed.Bus.Replays.PlayAsync("once", DateTimeOffset.UnixEpoch, bed.Time.GetUtcNow());

        (await again.Should().ThrowAsync<ServiceException>()).Which.Code.Should().Be("ResourceAlreadyExistsException");
    }

    [Fact]
    public void A_replay_that_was_cut_short_goes_on_with_the_next_run() => OneThread.Run(async () =>
    {
        await using var database = Database.OpenInMemory();
        var options = new EventBusOptions("bus");
        var time = TimeProvider.System;
        using (var first = await EventBus.OpenAsync(database, options, time, new Random(1)))
        {
            first.Archive.Keep();
            await first.PutEventsAsync([BusBed.Entry(1)]);
            await first.PutEventsAsync([BusBed.Entry(2)]);
        }

        await database.InTransactionAsync(connection =>
        {
            // The state after a crash between the first and the second row.
            connection.Execute("DELETE FROM journal");
            return connection.Execute("""INSERT INTO bus_replays (bus, name, "from", "to", rules, last) SELECT 'bus', 'cut', 0, max(at), '', min(id) FROM archive""");
        });
        using var second = await EventBus.OpenAsync(database, options, time, new Random(1));
        var target = BusBed.Taking();
        second.AddRule(new RuleOptions("all") { Pattern = BusBed.Everything }, target, new FakeDeadLetters());
        using var stop = new CancellationTokenSource();
        var running = second.RunAsync(stop.Token);

        await OneThread.IdleAsync();

        target.Events.Select(item => ((int)item["detail"]!["n"]!, (string)item["replay-name"]!)).Should().Equal((2, "cut"));
        await stop.CancelAsync();
        await running;
    });

    [Fact]
    public async Task Events_that_an_earlier_version_archived_are_counted_once()
    {
        await using var database = Database.OpenInMemory();
        var options = new EventBusOptions("bus");
        ArchiveTotals before;
        using (var first = await EventBus.OpenAsync(database, options, TimeProvider.System, new Random(1)))
        {
            first.Archive.Keep();
            for (var i = 0; i < 130; i++)
            {
                await first.PutEventsAsync([BusBed.Entry(i), BusBed.Entry(i)]);
            }

            before = await first.Archive.TotalsAsync();
        }

        await database.InTransactionAsync(static connection => connection.Execute("DELETE FROM archive_totals"));
        using var second = await EventBus.OpenAsync(database, options, TimeProvider.System, new Random(1));
        var counted = await second.Archive.TotalsAsync();
        using var third = await EventBus.OpenAsync(database, options, TimeProvider.System, new Random(1));

        before.Events.Should().Be(260);
        (counted, await third.Archive.TotalsAsync()).Should().Be((before, before));
    }

    private static void Archived(BusBed bed)
    {
        bed.AddRule();
        bed.Bus.Archive.Keep();
    }
}
