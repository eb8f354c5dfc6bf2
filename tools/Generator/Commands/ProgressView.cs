using System.Globalization;
using DataToEvents.Generator.Sending;
using Spectre.Console;

namespace DataToEvents.Generator.Commands;

/// <summary>Shows how far a run has come: a bar on a terminal, a line a second elsewhere.</summary>
internal static class ProgressView
{
    private static readonly TimeSpan BarPeriod = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LinePeriod = TimeSpan.FromSeconds(1);

    /// <summary>Runs <paramref name="work"/> and returns, or fails, as it does.</summary>
    public static Task ShowAsync(Terminal terminal, SendTotals totals, long count, Func<Task> work) =>
        terminal.Screen.Profile.Capabilities.Interactive
            ? ShowBarAsync(terminal, totals, count, work)
            : WatchAsync(terminal.Time, LinePeriod, work(), () => WriteLine(terminal.Screen, totals, count));

    private static Task ShowBarAsync(Terminal terminal, SendTotals totals, long count, Func<Task> work) => terminal.Screen.Progress()
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
        .StartAsync(context =>
        {
            var bar = context.AddTask("sending", maxValue: count);
            return WatchAsync(terminal.Time, BarPeriod, work(), () =>
            {
                bar.Value = totals.Records;
                bar.Description = string.Create(CultureInfo.InvariantCulture, $"{totals.Records:N0} sent, {totals.Retries:N0} retries");
            });
        });

    private static void WriteLine(IAnsiConsole screen, SendTotals totals, long count) => screen.WriteLine(
        string.Create(CultureInfo.InvariantCulture, $"{totals.Records:N0} of {count:N0} records sent ({100 * totals.Records / count}%), {totals.Retries:N0} retries"));

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
