using Amazon.Lambda;
using DataToEvents.Recovery.Releasing;

namespace DataToEvents.Recovery.Tests.Releasing;

public sealed class CanaryTests : IDisposable
{
    private readonly FakeFunctions _functions = new FakeFunctions().Add("t", "4", "$LATEST", "3", "4", "5").Add("s", "7", "$LATEST", "7", "8");
    private readonly FakeAlarms _alarms = new();
    private readonly LeapingClock _clock = new();

    [Fact]
    public async Task New_versions_get_a_part_and_after_a_quiet_time_all()
    {
        _alarms.Alarms["e-errors"] = _ => false;

        var rung = await RunAsync(TimeSpan.FromMinutes(2));

        rung.Should().BeEmpty();
        _functions.Changes.Should().Equal("t 4 5:0.1", "s 7 8:0.1", "t 5", "s 8");
        _alarms.Looks.Should().BeGreaterThanOrEqualTo(8, "it looks four times a minute");
        _functions["t"].Description.Should().Be("operator release: live 5, before 4");
    }

    [Fact]
    public async Task An_alarm_takes_the_part_away_and_nothing_becomes_live()
    {
        _alarms.Alarms["e-quiet"] = _ => false;
        _alarms.Alarms["e-errors"] = look => look == 3;

        var rung = await RunAsync(TimeSpan.FromMinutes(2));

        rung.Should().Equal("e-errors");
        _functions.Changes.Should().Equal("t 4 5:0.1", "s 7 8:0.1", "t 4", "s 7");
        _alarms.Looks.Should().Be(3);
    }

    [Fact]
    public async Task An_alarm_of_another_deployment_does_not_count_unless_it_is_named()
    {
        _alarms.Alarms["other-errors"] = _ => true;

        (await RunAsync(TimeSpan.FromMinutes(1))).Should().BeEmpty();
        (await new AlarmWatch(_alarms, "e-", ["other-errors"]).RingingAsync(default)).Should().Equal("other-errors");
    }

    [Fact]
    public async Task An_alarm_that_does_not_exist_is_told()
    {
        var look = () => new AlarmWatch(_alarms, "e-", ["none"]).RingingAsync(default);

        (await look.Should().ThrowAsync<DataToEvents.Common.UserErrorException>()).WithMessage("*'none'*");
    }

    [Fact]
    public async Task A_release_that_is_stopped_goes_back_to_the_old_versions()
    {
        using var stop = new CancellationTokenSource();
        _alarms.Alarms["e-errors"] = _ =>
        {
            stop.Cancel();
            return false;
        };

        var run = () => RunAsync(TimeSpan.FromMinutes(2), stop.Token);

        await run.Should().ThrowAsync<OperationCanceledException>();
        _functions.Changes.Should().Equal("t 4 5:0.1", "s 7 8:0.1", "t 4", "s 7");
    }

    [Fact]
    public async Task A_function_that_Lambda_does_not_let_release_stops_the_release_of_all()
    {
        _functions.Refuses = request => request.FunctionName == "s" && request.RoutingConfig.AdditionalVersionWeights is not null;

        var run = () => RunAsync(TimeSpan.FromMinutes(2));

        await run.Should().ThrowAsync<AmazonLambdaException>();
        _functions.Changes.Should().Equal("t 4 5:0.1", "t 4");
    }

    [Fact]
    public async Task A_part_that_cannot_be_taken_away_is_named_and_the_others_are_taken_away()
    {
        _alarms.Alarms["e-errors"] = _ => true;
        _functions.Refuses = request => request.FunctionName == "t" && request.RoutingConfig.AdditionalVersionWeights is null;

        var run = () => RunAsync(TimeSpan.FromMinutes(2));

        (await run.Should().ThrowAsync<InvalidOperationException>()).WithMessage("*invocations of t, *operator release back*");
        _functions["s"].Weights.Should().BeEmpty();
    }

    [Fact]
    public async Task An_alias_that_somebody_else_moved_meanwhile_is_not_made_live_over_it()
    {
        _alarms.Alarms["e-errors"] = look =>
        {
            _functions["t"].Revision += look == 1 ? 1 : 0;
            return false;
        };

        var run = () => RunAsync(TimeSpan.FromMinutes(1));

        await run.Should().ThrowAsync<AmazonLambdaException>();
        (_functions["t"].Live, _functions["s"].Live, _functions["s"].Weights.Count).Should().Be(("4", "7", 0));
    }

    [Fact]
    public async Task Without_a_time_they_get_all_at_once()
    {
        (await RunAsync(TimeSpan.Zero)).Should().BeEmpty();

        _functions.Changes.Should().Equal("t 5", "s 8");
    }

    [Fact]
    public async Task The_version_before_is_the_one_that_a_release_wrote_down_while_that_is_true()
    {
        _functions.Add("n", "9", "5", "6", "7", "8", "9");
        var aliases = new Aliases(_functions);
        _functions["n"].Description = "operator release: live 9, before 6";
        (await aliases.ReadAsync("n", default)).Before.Should().Be("6");

        _functions["n"].Description = "operator release: live 7, before 5";
        (await aliases.ReadAsync("n", default)).Before.Should().Be("8", "another hand made 9 live");

        _functions["n"].Description = "operator release: live 9, before 4";
        (await aliases.ReadAsync("n", default)).Before.Should().Be("8", "4 is deleted");
    }

    public void Dispose()
    {
        _functions.Dispose();
        _alarms.Dispose();
    }

    private async Task<IReadOnlyList<string>> RunAsync(TimeSpan duration, CancellationToken stopping = default)
    {
        var aliases = new Aliases(_functions);
        List<LiveVersion> functions = [await aliases.ReadAsync("t", default), await aliases.ReadAsync("s", default)];
        return await new Canary(aliases, new AlarmWatch(_alarms, "e-", []), _clock).RunAsync(functions, 0.1, duration, stopping);
    }
}
