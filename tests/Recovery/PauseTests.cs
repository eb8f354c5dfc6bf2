namespace DataToEvents.Recovery.Tests;

public sealed class PauseTests : Bed
{
    [Fact]
    public async Task A_storer_that_is_paused_stores_nothing_and_what_waited_is_delivered_when_it_goes_on()
    {
        var pause = await OperatorAsync("pause", "storer", "--yes");
        await Path.PutAsync(Order(1), Order(2));
        await Path.UntilAsync(() => Path.Services.Queue.Stats.Depth == 2);

        var status = await OperatorAsync("status");
        var again = await OperatorAsync("pause", "storer", "--yes");
        var stored = Path.Services.Table.Stats.Inserted;
        var resume = await OperatorAsync("resume", "storer", "--yes");
        await Path.SettleAsync();

        new[] { pause.ExitCode, again.ExitCode, resume.ExitCode }.Should().OnlyContain(code => code == 0, "{0}{1}{2}", pause.Errors, again.Errors, resume.Errors);
        pause.Output.Should().Contain("Events wait in data-events-queue.fifo").And.Contain("operator resume storer");
        status.Output.Should().MatchRegex("storer +paused +operator resume storer");
        again.Output.Should().Contain("is paused already");
        stored.Should().Be(0);
        ShouldHaveDelivered(Order(1), Order(2));
        await ShouldVerifyAsync();
        (await OperatorAsync("status", "--json")).Json.GetProperty("paused").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task An_emitter_that_is_paused_publishes_nothing_until_it_goes_on()
    {
        await OperatorAsync("pause", "emitter", "--yes");
        await Path.PutAsync(Order(1));
        await Path.UntilAsync(() => Path.Services.Table.Stats.Inserted == 1);

        var published = Path.Services.Bus.Stats.Published;
        var status = await OperatorAsync("status", "--json");
        (await OperatorAsync("resume", "emitter", "--yes")).ExitCode.Should().Be(0);
        await Path.SettleAsync();

        published.Should().Be(0);
        status.Json.GetProperty("paused").EnumerateArray().Select(hop => hop.GetProperty("hop").GetString()).Should().Equal("emitter");
        ShouldHaveDelivered(Order(1));
    }

    [Fact]
    public async Task Events_for_a_consumer_that_is_paused_come_back_from_the_rules_dead_letters()
    {
        var pause = await OperatorAsync("pause", "consumer", "--yes", "--json");
        await Path.PutAsync(Order(1));
        await Path.SettleAsync();

        var delivered = Path.Delivered.Count;
        var status = await OperatorAsync("status", "--json");
        await OperatorAsync("resume", "consumer", "--yes");
        (await OperatorAsync("dead-letters", "redrive", "rule", "--yes")).ExitCode.Should().Be(0);
        await Path.SettleAsync();

        pause.Json.GetProperty("paused").GetBoolean().Should().BeTrue();
        delivered.Should().Be(0);
        status.Json.GetProperty("paused").EnumerateArray().Select(hop => hop.GetProperty("hop").GetString()).Should().Equal("consumer");
        ShouldHaveDelivered(Order(1));
    }

    [Fact]
    public async Task An_API_gets_back_what_was_reserved_for_it()
    {
        Path.Api.Reserved = 7;

        var pause = await OperatorAsync("pause", "api", "--yes");
        var whilePaused = Path.Api.Reserved;
        await OperatorAsync("resume", "api", "--yes", "--reserved", "7");
        var after = Path.Api.Reserved;
        await OperatorAsync("pause", "api", "--yes");
        await OperatorAsync("resume", "api", "--yes");

        pause.Output.Should().Contain("resume it with --reserved 7");
        (whilePaused, after, Path.Api.Reserved).Should().Be((0, 7, (int?)null));
    }

    [Theory]
    [InlineData("storer")]
    [InlineData("emitter")]
    [InlineData("consumer")]
    [InlineData("api")]
    public async Task A_hop_that_runs_needs_no_resume(string hop)
    {
        var resume = await OperatorAsync("resume", hop, "--yes");

        (resume.ExitCode, resume.Output.Trim()).Should().Be((0, $"The {hop} is not paused."));
    }

    [Fact]
    public async Task A_pause_that_is_only_tried_changes_nothing()
    {
        var dry = await OperatorAsync("pause", "storer", "--dry-run");
        var unasked = await OperatorAsync("pause", "storer");

        (dry.ExitCode, unasked.ExitCode).Should().Be((0, 2));
        Path.Services.Account.Mappings.Should().OnlyContain(mapping => mapping.IsEnabled);
    }

    [Fact]
    public async Task The_transformer_cannot_be_paused_and_it_is_said_what_can()
    {
        var pause = await OperatorAsync("pause", "transformer", "--yes");

        pause.ExitCode.Should().Be(2);
        pause.Errors.Should().Contain("a delivery stream cannot be stopped").And.Contain("pause storer");
    }

    [Fact]
    public async Task Without_a_host_there_is_nothing_to_pause()
    {
        await Path.DisposeAsync();

        var pause = await OperatorAsync("pause", "storer", "--yes");
        await OpenAgainAsync();

        pause.ExitCode.Should().Be(2);
        pause.Errors.Should().Contain("there is nothing to pause");
    }
}
