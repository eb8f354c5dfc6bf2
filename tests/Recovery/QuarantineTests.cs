namespace DataToEvents.Recovery.Tests;

public sealed class QuarantineTests : Bed
{
    private const string Quarantine = "quarantine/";
    private static readonly string First = Order(1);
    private static readonly string Second = Order(1, extra: ",\"note\":\"other\"");

    [Fact]
    public async Task A_conflict_is_shown_beside_the_event_that_stands_and_released_as_an_event_of_its_own()
    {
        var handle = await ConflictAsync();

        var show = await OperatorAsync("quarantine", "show", handle);
        var release = await OperatorAsync("quarantine", "release", handle, "--yes");
        await Path.SettleAsync();

        show.Output.Should().Contain("stands     {").And.Contain("\"note\":\"other\"");
        release.ExitCode.Should().Be(0, "{0}", release.Errors);
        ShouldHaveDelivered(First, Second);
        var released = Path.Delivered[^1];
        (released.Stream, released.Type, released.Time).Should().Be((Path.Delivered[0].Stream, Path.Delivered[0].Type, released.Time));
        released.Id.Value.Should().Be($"e-1~{released.ContentHash()}");
        System.Text.Encoding.UTF8.GetString(released.Envelope.Span).Should().Contain("\"dteconflictswith\":\"e-1\"");
        (await KeysAsync(Quarantine)).Should().BeEmpty();
        await ShouldVerifyAsync();
    }

    [Fact]
    public async Task Released_twice_it_has_one_effect()
    {
        var handle = await ConflictAsync();
        var key = (await KeysAsync(Quarantine)).Single();
        var content = (await Path.Services.Bucket.GetAsync(key))!;

        await OperatorAsync("quarantine", "release", handle, "--yes");
        await Path.SettleAsync();
        await Path.Services.Bucket.PutAsync(key, content);
        await OperatorAsync("quarantine", "release", "--all", "--yes");
        await Path.SettleAsync();

        ShouldHaveDelivered(First, Second);
        await ShouldHoldAsync(2);
        (await KeysAsync(Quarantine)).Should().BeEmpty();
        await ShouldVerifyAsync();
    }

    [Fact]
    public async Task A_dropped_conflict_is_gone_and_the_event_that_stands_stays()
    {
        var handle = await ConflictAsync();

        var unsaid = await OperatorAsync("quarantine", "drop", "--yes");
        var unknown = await OperatorAsync("quarantine", "drop", "00000000", "--yes");
        var drop = await OperatorAsync("quarantine", "drop", handle, "--yes");

        (unsaid.ExitCode, unknown.ExitCode, drop.ExitCode).Should().Be((2, 2, 0));
        (await KeysAsync(Quarantine)).Should().BeEmpty();
        ShouldHaveDelivered(First);
        await ShouldVerifyButAsync("event e-1 of stream order-1 (record 1, position 2): not in quarantine");
    }

    [Fact]
    public async Task Another_type_under_an_id_is_a_conflict_that_status_shows_though_the_payload_is_the_same()
    {
        await Path.PutAsync(Sold("/till-1", "sold"));
        await Path.SettleAsync();
        await Path.PutAsync(Sold("/till-1", "sold.v2"));
        await Path.PutAsync(Sold("/till-1", "sold"));
        await Path.SettleAsync();

        var status = await OperatorAsync("status", "--json");
        await ShouldVerifyButAsync("in quarantine");
        var release = await OperatorAsync("quarantine", "release", "--all", "--yes");
        await Path.SettleAsync();

        var aside = status.Json.GetProperty("setAside").EnumerateArray().Single(place => place.GetProperty("place").GetString() == "quarantined conflicts");
        aside.GetProperty("count").GetInt64().Should().Be(1);
        release.ExitCode.Should().Be(0, "{0}", release.Errors);
        Path.Delivered.DistinctBy(item => item.Id).Select(item => (item.Source, item.Type)).Should().Equal(("/till-1", "sold"), ("/till-1", "sold.v2"));
        await ShouldVerifyAsync();
    }

    [Fact]
    public async Task Another_source_under_an_id_is_an_event_of_its_own_and_no_conflict()
    {
        await Path.PutAsync(Sold("/till-1", "sold"));
        await Path.PutAsync(Sold("/till-2", "sold"));
        await Path.SettleAsync();

        (await KeysAsync(Quarantine)).Should().BeEmpty();
        Path.Delivered.DistinctBy(item => item.Key).Select(item => item.Source).Should().BeEquivalentTo("/till-1", "/till-2");
        await ShouldVerifyAsync();
    }

    private static string Sold(string source, string type) =>
        $$$"""{"specversion":"1.0","id":"1","source":"{{{source}}}","type":"{{{type}}}","subject":"cart-7","time":"2026-11-28T10:00:00Z","data":{"n":1.0}}""";

    private async Task<string> ConflictAsync()
    {
        await Path.PutAsync(First);
        await Path.SettleAsync();
        await Path.PutAsync(Second);
        await Path.SettleAsync();
        var list = await OperatorAsync("quarantine", "list", "--json");
        var conflict = list.Json.GetProperty("conflicts").EnumerateArray().Should().ContainSingle().Subject;
        await ShouldVerifyButAsync("in quarantine");
        (conflict.GetProperty("event").GetString(), conflict.GetProperty("stream").GetString()).Should().Be(("e-1", "order-1"));
        return conflict.GetProperty("object").GetString()!;
    }
}
