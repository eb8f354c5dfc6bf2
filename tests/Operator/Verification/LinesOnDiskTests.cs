using DataToEvents.Operator.Verification;

namespace DataToEvents.Operator.Tests.Verification;

public sealed class LinesOnDiskTests
{
    [Fact]
    public void Lines_come_back_in_their_order_whenever_they_are_asked_for()
    {
        using var lines = new LinesOnDisk();
        var expected = Enumerable.Range(0, 20_000).Select(number => $"AQEB{number}/+José==").ToList();
        expected.ForEach(lines.Add);

        lines.ReadAll().Should().Equal(expected);
        lines.Add("one more");
        lines.ReadAll().Should().Equal([.. expected, "one more"]);
    }
}
