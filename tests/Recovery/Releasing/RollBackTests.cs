using DataToEvents.Common;
using DataToEvents.Recovery.Releasing;

namespace DataToEvents.Recovery.Tests.Releasing;

public sealed class RollBackTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Only_functions_that_the_last_release_changed_go_back()
    {
        var plan = RollBack.Of([Live("t", Now, "4"), Live("s", Now.AddMinutes(-3), "2"), Live("e", Now.AddDays(-7), "6")], null, isChosen: false);

        plan.Select(step => $"{step.Live.Function} {step.Version}").Should().Equal("t 4", "s 2");
    }

    [Fact]
    public void A_function_that_is_named_goes_back_whenever_it_was_published() =>
        RollBack.Of([Live("e", Now.AddDays(-7), "6")], null, isChosen: true).Should().ContainSingle().Which.Version.Should().Be("6");

    [Fact]
    public void While_a_release_is_under_way_only_its_part_is_taken_away()
    {
        var plan = RollBack.Of([Live("t", Now, "4") with { Canary = ("10", 0.1) }, Live("s", Now, "2")], null, isChosen: false);

        plan.Should().ContainSingle().Which.ToString().Should().Be("t: version 9 stays live and gets all invocations again.");
    }

    [Fact]
    public void A_function_without_an_earlier_version_stays() => RollBack.Of([Live("t", Now, null)], null, isChosen: false).Should().BeEmpty();

    [Fact]
    public void A_version_may_be_named_for_one_function_and_not_for_several()
    {
        RollBack.Of([Live("t", Now, "4")], "2", isChosen: true).Should().ContainSingle().Which.Version.Should().Be("2");
        var several = () => RollBack.Of([Live("t", Now, "4"), Live("s", Now, "4")], "2", isChosen: false);
        several.Should().Throw<UserErrorException>().WithMessage("*one --function*");
    }

    [Fact]
    public async Task A_second_way_back_goes_further_back_and_not_forward_again()
    {
        using var functions = new FakeFunctions().Add("t", "8", "7", "8", "9");
        var aliases = new Aliases(functions);
        functions["t"].Description = "operator release: live 8, before 7";

        await BackAsync(aliases);
        var second = await BackAsync(aliases);

        functions["t"].Live.Should().Be("7");
        second.Should().BeEmpty();
    }

    private static async Task<IReadOnlyList<RollBack>> BackAsync(Aliases aliases)
    {
        var plan = RollBack.Of([await aliases.ReadAsync("t", default)], null, isChosen: false);
        foreach (var step in plan)
        {
            await step.TakeAsync(aliases, default);
        }

        return plan;
    }

    private static LiveVersion Live(string function, DateTimeOffset published, string? before) => new(function, "9", "9", "r") { Published = published, Before = before };
}
