namespace DataToEvents.Recovery.Replay;

/// <summary>A time, or how long ago it was.</summary>
internal readonly record struct Moment(DateTimeOffset? At, TimeSpan Ago)
{
    public const string Allowed = "a time such as 2026-11-24T12:00:00Z, or how long ago, such as 90s, 30m, 2h or 1d";

    public static Moment Now => new(null, TimeSpan.Zero);

    /// <summary>As it is typed, for the help text.</summary>
    public override string ToString() => At is { } time ? time == DateTimeOffset.MinValue ? "the beginning" : Reporting.Cells.Text(time) : Ago == TimeSpan.Zero ? "now" : $"{Reporting.Cells.Text(Ago)} ago";

    public DateTimeOffset Seen(DateTimeOffset now) => At ?? now - Ago;

    public static (bool Valid, Moment Value) Parse(string text)
    {
        if (Units.TryTime(text, out var ago))
        {
            return (true, new Moment(null, ago));
        }

        // A number without a unit is neither: .NET takes 1.5 for a day in January.
        var isNumber = decimal.TryParse(text, CultureInfo.InvariantCulture, out _);
        return (!isNumber & DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time), new Moment(time, default));
    }
}
