using DataToEvents.Emulator.Queues;

namespace DataToEvents.Emulator.Tests.Queues;

public class DeduplicationWindowTests
{
    private static readonly long WindowMs = (long)QueueLimits.DeduplicationWindow.TotalMilliseconds;
    private readonly DeduplicationWindow _window = new();

    [Fact]
    public void An_id_is_remembered_for_exactly_five_minutes_whatever_came_before_and_after_it()
    {
        foreach (var second in Enumerable.Range(0, 900))
        {
            _window.Remember(Key(second), second, second * 1_000L);
        }

        foreach (var second in Enumerable.Range(601, 299))
        {
            _window.Find(Key(second), (second * 1_000L) + WindowMs - 1).Should().Be(second);
            _window.Find(Key(second), (second * 1_000L) + WindowMs).Should().BeNull();
        }

        _window.Find(Key(599), 899_000).Should().BeNull();
    }

    [Fact]
    public void No_id_is_forgotten_too_early_when_the_clock_goes_back()
    {
        _window.Remember(Key(1), 1, sentMs: 1_000);
        _window.Remember(Key(2), 2, sentMs: 500);

        _window.Remember(Key(3), 3, sentMs: 500 + WindowMs);

        _window.Find(Key(1), 500 + WindowMs).Should().Be(1);
        _window.Find(Key(2), 500 + WindowMs).Should().BeNull();
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public void Of_two_messages_with_one_id_the_later_one_is_remembered_in_whatever_order_they_are_added(long first, long second)
    {
        _window.Remember(Key(1), first, first * WindowMs);
        _window.Remember(Key(1), second, second * WindowMs);

        _window.Find(Key(1), (3 * WindowMs) - 1).Should().Be(2);
    }

    [Theory]
    [InlineData("a", "b", "a", "c")]
    [InlineData("a", "b", "c", "b")]
    [InlineData("ab", "c", "a", "bc")]
    [InlineData("a", "b", "b", "a")]
    public void An_id_is_remembered_for_its_own_group_only(string group, string id, string otherGroup, string otherId)
    {
        _window.Remember(DeduplicationKey.Of(group, id), 1, sentMs: 0);

        _window.Find(DeduplicationKey.Of(group, id), 0).Should().Be(1);
        _window.Find(DeduplicationKey.Of(otherGroup, otherId), 0).Should().BeNull();
    }

    private static DeduplicationKey Key(int number) => DeduplicationKey.Of("group", $"{number}");
}
