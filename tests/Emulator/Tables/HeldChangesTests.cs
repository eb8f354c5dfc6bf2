using DataToEvents.Emulator.Tables;

namespace DataToEvents.Emulator.Tests.Tables;

public class HeldChangesTests
{
    [Theory]
    [InlineData(3, 1_000, new[] { 8L, 9, 10 })]
    [InlineData(100, 40, new[] { 7L, 8, 9, 10 })]
    [InlineData(100, 39, new[] { 8L, 9, 10 })]
    [InlineData(100, 1, new[] { 10L })]
    [InlineData(100, 1_000, new[] { 1L, 2, 3, 4, 5, 6, 7, 8, 9, 10 })]
    public void The_newest_changes_are_held_up_to_a_number_and_a_size_but_at_least_one(int max, long bytes, long[] held)
    {
        var changes = Filled(max, bytes);

        changes.From(0).Select(change => change.Sequence).Should().Equal(held);
        (changes.After, changes.Last).Should().Be((held[0] - 1, 10));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(6, 7)]
    [InlineData(10, 11)]
    [InlineData(99, 11)]
    public void Released_changes_are_dropped_and_later_ones_are_held(long upTo, long first)
    {
        var changes = Filled(max: 100, bytes: 1_000);

        changes.Release(upTo);

        changes.After.Should().Be(first - 1);
        changes.From(0).Select(change => change.Sequence).Should().Equal(Numbers(first, 10));
        changes.Append(Change(11));
        changes.From(0).Select(change => change.Sequence).Should().Equal(Numbers(first, 11));
    }

    [Fact]
    public void A_reader_gets_the_changes_after_any_sequence_number()
    {
        var changes = new HeldChanges(100, 1_000, last: 1);
        foreach (var sequence in (long[])[2, 4, 8, 16, 32])
        {
            changes.Append(Change(sequence));
        }

        foreach (var after in Enumerable.Range(0, 34))
        {
            changes.From(after).Select(change => change.Sequence).Should().Equal(new[] { 2L, 4, 8, 16, 32 }.Where(sequence => sequence > after));
        }
    }

    [Fact]
    public void It_starts_empty()
    {
        var changes = new HeldChanges(100, 1_000, last: 7);

        changes.From(0).Should().BeEmpty();
        (changes.After, changes.Last).Should().Be((7, 7));
    }

    private static HeldChanges Filled(int max, long bytes)
    {
        var changes = new HeldChanges(max, bytes, last: 0);
        foreach (var sequence in Numbers(1, 10))
        {
            changes.Append(Change(sequence));
        }

        return changes;
    }

    private static IEnumerable<long> Numbers(long first, long last)
    {
        for (var number = first; number <= last; number++)
        {
            yield return number;
        }
    }

    /// <summary>A change with images of ten bytes.</summary>
    private static ChangeRecord Change(long sequence) => new(sequence, ChangeKind.Modify, "p", "s") { OldImage = new byte[4], NewImage = new byte[6] };
}
