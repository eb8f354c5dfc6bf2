using DataToEvents.Local.Reporting;

namespace DataToEvents.Recovery.Tests;

/// <summary>The line that the host prints once a second.</summary>
public sealed class StatusLineTests
{
    [Theory]
    [InlineData(0, "00:00:01  accepted 0  delivered 0  under way 0  set aside 0")]
    [InlineData(99_999, "00:00:01  accepted 99,999  delivered 99,999  under way 99,999  set aside 99,999")]
    [InlineData(1_234_567, "00:00:01  accepted 1,234K  delivered 1,234K  under way 1,234K  set aside 1,234K")]
    [InlineData(1_234_567_890, "00:00:01  accepted 1,234M  delivered 1,234M  under way 1,234M  set aside 1,234M")]
    public void The_status_line_fits_in_80_columns(long number, string line)
    {
        var counts = new PathCounts { Accepted = number, Delivered = number, Pending = number, Failed = new FailedByPlace(0, 0, 0, 0) };

        Screen.StatusLine(counts, number, TimeSpan.FromSeconds(1)).Should().Be(line);
        line.Length.Should().BeLessThanOrEqualTo(80);
    }
}
