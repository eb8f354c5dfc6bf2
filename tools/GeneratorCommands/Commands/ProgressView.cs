using Spectre.Console;

namespace DataToEvents.Generator.Commands;

/// <summary>Shows how far a run has come: a live table on a terminal, one line a second elsewhere, nothing with --json.</summary>
internal static class ProgressView
{
    private static readonly TimeSpan LivePeriod = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LinePeriod = TimeSpan.FromSeconds(1);

    /// <summary>Runs <paramref name="work"/> and returns, or fails, as it does.</summary>
    public static Task ShowAsync(Terminal terminal, SendTotals totals, SendOptions options, Func<Task> work) => options.Json
        ? work()
        : terminal.Screen.Profile.Capabilities.Interactive
            ? ShowLiveAsync(terminal, totals, options, work)
            : WatchAsync(terminal.Time, LinePeriod, work(), () => terminal.Screen.WriteLine(Line(totals, options.Plan.Expected)));

    private static Task ShowLiveAsync(Terminal terminal, SendTotals totals, SendOptions options, Func<Task> work)
    {
        var rates = new RateLine(terminal.Time);
        return terminal.Screen.Live(new Text("")).AutoClear(true).StartAsync(context => WatchAsync(terminal.Time, LivePeriod, work(), () =>
        {
            context.UpdateTarget(Table(totals, options.Plan.Expected, rates.Add(totals.Records)));
            context.Refresh();
        }));
    }

    private static string Line(SendTotals totals, long? expected) => expected is { } all
        ? string.Create(CultureInfo.InvariantCulture, $"{totals.Records:N0} of {Units.Count(all, "record")} sent ({100 * totals.Records / all}%), {Calls(totals)}")
        : $"{Units.Count(totals.Records, "record")} sent, {Calls(totals)}";

    private static string Calls(SendTotals totals) => $"{Units.Count(totals.InFlight, "call")} in flight, {Units.Count(totals.Retries, "retry", "retries")}";

    private static Grid Table(SendTotals totals, long? expected, (double Now, string Sparkline) rate)
    {
        var grid = new Grid().AddColumns(2);
        Row("sent", expected is { } all ? (FormattableString)$"{totals.Records:N0} of {all:N0} ({100 * totals.Records / all}%)" : $"{totals.Records:N0}");
        Row("rate", $"{rate.Now:N0} records/s  {rate.Sparkline}");
        Row("in flight", $"{Units.Count(totals.InFlight, "call")}");
        Row("retries", $"{totals.Retries:N0}");
        Row("put", $"p50 {totals.Puts.Percentile(0.5):N1} ms, p99 {totals.Puts.Percentile(0.99):N1} ms");
        return grid;

        void Row(string name, FormattableString value) => grid.AddRow(new Text(name), new Text(value.ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task WatchAsync(TimeProvider time, TimeSpan period, Task work, Action show)
    {
        using var finished = new CancellationTokenSource();
        while (!work.IsCompleted)
        {
            await Task.WhenAny(work, Task.Delay(period, time, finished.Token));
            show();
        }

        await finished.CancelAsync();
        await work;
    }
}
