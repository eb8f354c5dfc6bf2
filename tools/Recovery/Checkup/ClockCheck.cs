namespace DataToEvents.Recovery.Checkup;

/// <summary>Compares the clock here with the Date header of the service. AWS refuses signatures that are more than five minutes off (AWS General Reference, "Signature Version 4").</summary>
/// <param name="address">Whom to ask; any answer has the header.</param>
/// <param name="clock">The clock here.</param>
internal sealed class ClockCheck(Uri address, TimeProvider clock) : ICheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Noticeable = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Refused = TimeSpan.FromMinutes(5);

    public string Name => "clock";

    public async Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = Patience };
        using var response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return [response.Headers.Date is { } date ? Judge(clock.GetUtcNow() - date) : new CheckResult(CheckLevel.Warn, Name, $"{address.Host} tells no time", "compare this machine's clock by hand")];
    }

    /// <param name="ahead">How much the clock here is ahead; the header has whole seconds.</param>
    public static CheckResult Judge(TimeSpan ahead)
    {
        var off = $"{Cells.Text(ahead.Duration())} {(ahead < TimeSpan.Zero ? "behind" : "ahead of")} the service";
        return ahead.Duration() switch
        {
            var skew when skew >= Refused => new CheckResult(CheckLevel.Fail, "clock", off, "set this machine's clock: AWS refuses what it signs"),
            var skew when skew >= Noticeable => new CheckResult(CheckLevel.Warn, "clock", off, "set this machine's clock: times in listings and --from are off by as much"),
            _ => CheckResult.Ok("clock", off),
        };
    }
}
