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
        if (text.Length > 1 && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number <= 100_000)
        {
            var unit = text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3_600, 'd' => 86_400, _ => 0 };
            return (unit > 0, new Moment(null, TimeSpan.FromSeconds(number * unit)));
        }

        return (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time), new Moment(time, default));
    }
}
