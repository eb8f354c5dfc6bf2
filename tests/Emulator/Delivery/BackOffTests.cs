namespace DataToEvents.Emulator.Tests.Delivery;

public class BackOffTests
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 100)]
    [InlineData(2, 200)]
    [InlineData(3, 400)]
    [InlineData(4, 800)]
    [InlineData(5, 1_000)]
    [InlineData(100, 1_000)]
    [InlineData(int.MaxValue, 1_000)]
    public void A_pause_doubles_with_each_failure_up_to_the_longest(int failures, int milliseconds) =>
        new BackOff(First, Longest).After(failures).Should().Be(TimeSpan.FromMilliseconds(milliseconds));

    [Theory]
    [InlineData(0.0, 200)]
    [InlineData(0.5, 300)]
    [InlineData(1.0, 400)]
    public void With_a_random_source_a_pause_lies_between_half_of_the_bound_and_the_bound(double random, int milliseconds) =>
        new BackOff(First, Longest, new FixedRandom(random)).After(3).Should().Be(TimeSpan.FromMilliseconds(milliseconds));

    private sealed class FixedRandom(double value) : Random
    {
        public override double NextDouble() => value;
    }
}
