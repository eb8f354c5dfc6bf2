using CsCheck;

namespace DataToEvents.Domain.Tests;

public sealed class TimestampTests
{
    [Theory]
    [InlineData("2026-11-24T10:15:30Z", "2026-11-24T10:15:30.000Z")]
    [InlineData("2026-11-24t10:15:30z", "2026-11-24T10:15:30.000Z")]
    [InlineData("2026-11-24T10:15:30.5Z", "2026-11-24T10:15:30.500Z")]
    [InlineData("2026-11-24T10:15:30.123456789Z", "2026-11-24T10:15:30.123Z")]
    [InlineData("2026-11-24T10:15:30+02:00", "2026-11-24T08:15:30.000Z")]
    [InlineData("2026-11-24T10:15:30.25-09:30", "2026-11-24T19:45:30.250Z")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z")]
    [InlineData("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z")]
    [InlineData("9999-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59.999Z")]
    [InlineData("2026-11-24T10:15:30.12345678901234567890Z", "2026-11-24T10:15:30.123Z")]
    [InlineData("2026-11-24T10:15:30.9999999999Z", "2026-11-24T10:15:30.999Z")]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z")]
    [InlineData("1990-12-31T15:59:60-08:00", "1991-01-01T00:00:00.000Z")]
    [InlineData("2015-07-01T01:59:60.5+02:00", "2015-07-01T00:00:00.500Z")]
    [InlineData("2026-01-01T00:00:00-00:00", "2026-01-01T00:00:00.000Z")]
    [InlineData("2026-01-01T00:00:00+15:00", "2025-12-31T09:00:00.000Z")]
    [InlineData("2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z")]
    public void RFC_3339_is_understood(string text, string utc)
    {
        Timestamp.TryParse(text, out var time).Should().BeTrue();
        Timestamp.Format(time).Should().Be(utc);
    }

    [Theory]
    [InlineData("")]
    [InlineData("now")]
    [InlineData("2026-11-24")]
    [InlineData("2026-11-24 10:15:30Z")]
    [InlineData("2026-11-24T10:15Z")]
    [InlineData("2026-11-24T10:15:30")]
    [InlineData("2026-11-24T10:15:30.Z")]
    [InlineData("2026-11-24T10:15:30..5Z")]
    [InlineData("2026-11-24T10:15:301Z")]
    [InlineData("2026-11-24T10:15:30,5Z")]
    [InlineData("2026-11-24T10:15:30 Z")]
    [InlineData("2026-11-24T10:15:30+0200")]
    [InlineData("2026-11-24T10:15:30+02")]
    [InlineData("2026-11-24T10:15:30+ 2:00")]
    [InlineData("2026-11-24T 1:15:30Z")]
    [InlineData("2026-11-24T1 :15:30Z")]
    [InlineData("2026-11-24T10:15: 3Z")]
    [InlineData(" 026-11-24T10:15:30Z")]
    [InlineData("2026-13-24T10:15:30Z")]
    [InlineData("2026-02-30T10:15:30Z")]
    [InlineData("2026-11-24T24:00:00Z")]
    [InlineData("2026-11-24T10:60:30Z")]
    [InlineData("2016-12-31T23:59:60+01:00")]
    [InlineData("2026-01-15T23:59:60Z")]
    [InlineData("2026-11-24T10:15:60Z")]
    [InlineData("2026-11-24T10:15:61Z")]
    [InlineData("2025-02-29T00:00:00Z")]
    [InlineData("0000-00-00T00:00:00Z")]
    [InlineData("2026-11-24T10:15:30+24:00")]
    [InlineData("2026-11-24T10:15:30+01:60")]
    [InlineData("2026-11-24T10:15:30Z+01:00")]
    [InlineData("٢٠٢٦-11-24T10:15:30Z")]
    [InlineData("2026-11-24T10:15:30Z ")]
    public void Any_other_text_is_no_timestamp(string text) => Timestamp.TryParse(text, out _).Should().BeFalse();

    [Theory]
    [InlineData("0001-01-01T00:00:00+01:00", "0001-01-01T00:00:00.000Z")]
    [InlineData("0000-02-29T12:00:00Z", "0001-01-01T00:00:00.000Z")]
    [InlineData("9999-12-31T23:59:59-01:00", "9999-12-31T23:59:59.999Z")]
    [InlineData("9999-12-31T23:59:60Z", "9999-12-31T23:59:59.999Z")]
    public void An_instant_that_NET_cannot_hold_is_the_nearest_that_it_can(string text, string nearest)
    {
        Timestamp.TryParse(text, out var time).Should().BeTrue();
        Timestamp.Format(time).Should().Be(nearest);
    }

    [Fact]
    public void NET_reads_the_same_where_it_can() =>
        Gen.Select(Gen.DateTime[new DateTime(1, 1, 3), new DateTime(9999, 12, 29)], Gen.Int[-14 * 60, 14 * 60]).Sample((time, minutes) =>
        {
            var text = new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Unspecified), TimeSpan.FromMinutes(minutes)).ToString("O", CultureInfo.InvariantCulture);
            return Timestamp.TryParse(text, out var read) && read == DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
        });

    [Fact]
    public void What_is_written_reads_back_to_the_millisecond() =>
        Gen.Long[DateTimeOffset.MinValue.ToUnixTimeMilliseconds(), DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()].Sample(milliseconds =>
            Timestamp.TryParse(Timestamp.TryFormat(milliseconds)!, out var time) && time.ToUnixTimeMilliseconds() == milliseconds);

    [Fact]
    public void Milliseconds_outside_of_the_years_1_to_9999_have_no_text()
    {
        Timestamp.TryFormat(long.MaxValue).Should().BeNull();
        Timestamp.TryFormat(long.MinValue).Should().BeNull();
        Timestamp.TryFormat(DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() + 1).Should().BeNull();
    }

    [Fact]
    public void Arbitrary_text_is_refused_without_a_fault()
    {
        var near = Gen.Select(Gen.Int[0, 29], Gen.Char["0123456789-+:.TtZz /"], (at, character) => (at, character)).Array[0, 6];
        near.Sample(edits =>
        {
            var text = "2026-11-24T10:15:30.12+01:00Z ".ToCharArray();
            Array.ForEach(edits, edit => text[edit.at] = edit.character);
            for (var length = 0; length <= text.Length; length++)
            {
                if (Timestamp.TryParse(new string(text, 0, length), out var time))
                {
                    Timestamp.Format(time).Should().MatchRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{3}Z$");
                }
            }
        });
    }

    [Fact]
    public void The_culture_of_the_machine_changes_nothing()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { DateTimeFormat = { TimeSeparator = "h", DateSeparator = "x" } };
        try
        {
            Timestamp.Format(Sample.Arrival).Should().Be(Sample.ArrivalText);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
