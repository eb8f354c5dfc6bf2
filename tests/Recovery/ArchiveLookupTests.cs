namespace DataToEvents.Recovery.Tests;

/// <summary>`events get --with-archive`, where every event of the bus is copied to a queue.</summary>
public sealed class ArchiveLookupTests : Bed
{
    private protected override bool IsAudited => true;

    [Fact]
    public async Task An_event_is_found_in_the_archive_and_neither_the_consumer_nor_other_messages_notice()
    {
        await Path.PutAsync(Order(1), Order(2, stream: 2));
        await Path.SettleAsync();
        await Path.UntilAsync(() => Path.Services.Audit!.Stats.Depth == 2);

        var found = await OperatorAsync("events", "get", "e-1", "--with-archive", "--json");

        found.ExitCode.Should().Be(0, "{0}", found.Errors);
        found.Json.GetProperty("events").EnumerateArray().Should().ContainSingle().Which.GetProperty("journey").EnumerateArray().Select(step => step.GetProperty("hop").GetString())
            .Should().Equal("accepted", "lake", "stored", "published", "delivered");
        Path.Services.Audit!.Stats.Depth.Should().Be(2, "what the replay brought is gone, and what was there stays");
        Path.Services.Audit.Stats.InFlight.Should().Be(0);
        Path.Delivered.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_time_in_which_it_was_not_published_does_not_show_it()
    {
        await Path.PutAsync(Order(1));
        await Path.SettleAsync();

        var found = await OperatorAsync("events", "get", "e-1", "--with-archive", "--from", "2h", "--to", "1h", "--json");

        found.Json.GetProperty("events").EnumerateArray().Single().GetProperty("journey").EnumerateArray().Select(step => step.GetProperty("hop").GetString()).Should().NotContain("published");
    }
}
