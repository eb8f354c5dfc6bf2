using Amazon.CloudWatch;
using DataToEvents.Recovery.Status;

namespace DataToEvents.Recovery.Checkup;

/// <summary>One quota of the account and region, compared with the busiest five minutes of the last day.</summary>
/// <param name="quota">The quota, and what is counted against it.</param>
/// <param name="cloudWatch">Knows the load.</param>
/// <param name="clock">The clock here.</param>
internal sealed class QuotaCheck(Quota quota, IAmazonCloudWatch cloudWatch, TimeProvider clock) : ICheck
{
    /// <summary>Peaks, retries and redrives need room: below this many times the load a quota is told.</summary>
    public const double Headroom = 1.5;

    public const int PeriodInSeconds = 300;

    private static readonly TimeSpan Back = TimeSpan.FromDays(1);

    public string Name => $"quota: {quota.Name}";

    public async Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var load = (await CloudWatchMetrics.ReadAsync(cloudWatch, [quota.Load], now - Back, now, cancellationToken))[0];
        return [Judge(quota, load.Count == 0 ? 0 : load.Max(static point => point.Value) / quota.Divisor, await quota.Limit(cancellationToken))];
    }

    /// <param name="quota">The quota.</param>
    /// <param name="load">The load in the busiest five minutes.</param>
    /// <param name="limit">Null: the service does not tell it.</param>
    public static CheckResult Judge(Quota quota, double load, double? limit)
    {
        var check = $"quota: {quota.Name}";
        var most = $"{Text(load)} {quota.Unit} in the busiest five minutes of the last day";
        return limit switch
        {
            null => new CheckResult(CheckLevel.Unknown, check, $"{most}; AWS tells no limit here", "Service Quotas in the console, or docs/capacity.md"),
            { } known when load * Headroom > known => new CheckResult(CheckLevel.Warn, check, $"{most}, and {Text(known)} are allowed", quota.Cure),
            { } known => CheckResult.Ok(check, $"{most}, and {Text(known)} are allowed"),
        };
    }

    private static string Text(double number) => number.ToString(number is > 0 and < 10 ? "0.#" : "N0", CultureInfo.InvariantCulture);
}
