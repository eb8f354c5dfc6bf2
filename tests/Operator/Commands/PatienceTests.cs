using DataToEvents.Operator.Commands;
using Microsoft.Extensions.Time.Testing;

namespace DataToEvents.Operator.Tests.Commands;

public class PatienceTests
{
    private readonly FakeTimeProvider _time = new();
    private int _looks;

    [Fact]
    public async Task A_look_that_outlasts_the_wait_began_too_early_to_be_the_last() =>
        (await LookAsync(wait: 60, aLookTakes: 70, completeAtLook: 2)).Should().BeTrue();

    [Fact]
    public async Task What_is_missing_in_a_look_that_began_after_the_wait_is_missing()
    {
        (await LookAsync(wait: 60, aLookTakes: 70, completeAtLook: 3)).Should().BeFalse();
        _looks.Should().Be(2);
    }

    [Fact]
    public async Task Without_a_wait_there_is_one_look()
    {
        (await LookAsync(wait: 0, aLookTakes: 1, completeAtLook: 2)).Should().BeFalse();
        _looks.Should().Be(1);
    }

    [Fact]
    public async Task The_wait_ends_at_once_when_nothing_is_missing()
    {
        (await LookAsync(wait: 60, aLookTakes: 1, completeAtLook: 1)).Should().BeTrue();
        _looks.Should().Be(1);
    }

    [Fact]
    public async Task The_last_look_begins_when_the_wait_is_over()
    {
        var looking = LookAsync(wait: 5, aLookTakes: 3, completeAtLook: 3);
        _looks.Should().Be(1);
        looking.IsCompleted.Should().BeFalse();

        _time.Advance(TimeSpan.FromSeconds(2));

        (await looking).Should().BeFalse();
        _looks.Should().Be(2);
    }

    [Fact]
    public async Task While_less_and_less_is_missing_it_waits_however_long_that_takes()
    {
        var left = 6L;
        var found = await new Patience(TimeSpan.FromSeconds(5), _time).LookAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(10));
                return Task.FromResult(--left);
            },
            static missing => missing,
            static _ => { },
            CancellationToken.None);

        found.Should().Be(0);
    }

    private Task<bool> LookAsync(int wait, int aLookTakes, int completeAtLook) => new Patience(TimeSpan.FromSeconds(wait), _time).LookAsync(
        () =>
        {
            _time.Advance(TimeSpan.FromSeconds(aLookTakes));
            return Task.FromResult(++_looks >= completeAtLook);
        },
        static complete => complete ? 0 : 1,
        static _ => { },
        CancellationToken.None);
}
