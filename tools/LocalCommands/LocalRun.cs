using DataToEvents.Domain.Catalog;
using DataToEvents.Local.Feeding;
using DataToEvents.Local.Hosting;
using DataToEvents.Local.Reporting;
using DataToEvents.Local.Signals;

namespace DataToEvents.Local;

/// <summary>One run of the path: start, feed, drain, report.</summary>
internal sealed class LocalRun(LocalOptions options, Screen screen)
{
    private const int InputBuffer = 1 << 20;

    private static readonly TimeSpan StatusInterval = TimeSpan.FromSeconds(1);

    /// <param name="interrupted">Ctrl-C: feeding ends, what was accepted is drained.</param>
    /// <returns>The exit code: 0 when every record was taken and is accounted for, else 1.</returns>
    public async Task<int> RunAsync(CancellationToken interrupted)
    {
        if (options.Input is { } input and not "-" && InputFile.Complaint(input) is { } complaint)
        {
            throw new UserErrorException($"--input: {complaint}");
        }

        try
        {
            return await RunHostAsync(interrupted);
        }
        catch (Exception fault) when (DiskFault.IsOne(fault))
        {
            await Console.Error.WriteLineAsync(DiskFault.Line(fault, options.Data));
            return 1;
        }
    }

    private async Task<int> RunHostAsync(CancellationToken interrupted)
    {
        if (options.Fresh && DataDirectory.Clear(options.Data) is var (files, bytes) && files > 0)
        {
            screen.Say($"Deleted {Units.Count(files, "file")} ({Units.Text(bytes)}) of {options.Data.FullName}.");
        }

        await using var host = await LocalHost.StartAsync(options, ReadCatalog(), new ConsoleFunctionLog());
        using var export = OpenTelemetryExport.Start(TimeProvider.System);
        screen.Say($"Listening on {host.Url}: a page for your browser; Firehose (stream {Names.Stream}), SQS, DynamoDB, EventBridge and S3 for --endpoint-url; the consumer's API at /api/. Data in {options.Data.FullName}.");
        if (!IPAddress.IsLoopback(options.Listen))
        {
            screen.Say($"Everybody who reaches port {new Uri(host.Url).Port} of {options.Listen} can read, change and delete everything here: there is no login.");
        }

        var feeder = new Feeder(host.Stream, Console.Error);
        var watch = Stopwatch.StartNew();
        using var ended = new CancellationTokenSource();
        var status = ShowStatusAsync(host, watch, new DiskWatch(options.Data, screen.Say), ended.Token);

        try
        {
            await FeedAsync(host, feeder, interrupted);
            await host.DrainAsync(CancellationToken.None);
            watch.Stop();
            await StayOpenAsync(host, interrupted);
        }
        finally
        {
            await ended.CancelAsync();
            await status;
        }

        var counts = host.Counts() with { Refused = feeder.Refused };
        screen.Final(new Summary(counts, host.Latency.Histogram, await host.CountSetAsideAsync(), number => host.Ever(number, counts), watch.Elapsed));
        return counts is { AllAccountedFor: true, Refused: 0 } ? 0 : 1;
    }

    /// <summary>With --keep-open: until Ctrl-C, or until a part of the path cannot go on. What comes meanwhile is drained as well.</summary>
    private async Task StayOpenAsync(LocalHost host, CancellationToken interrupted)
    {
        if (!options.KeepOpen || interrupted.IsCancellationRequested)
        {
            return;
        }

        screen.Say($"All of the input went its way. {host.Url} stays open until Ctrl-C.");
        try
        {
            await host.Stopped.WaitAsync(interrupted);
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            await host.DrainAsync(CancellationToken.None);
        }
    }

    private async Task FeedAsync(LocalHost host, Feeder feeder, CancellationToken interrupted)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(interrupted);
        var feeding = FeedAsync(feeder, end.Token);
        try
        {
            if (await Task.WhenAny(feeding, host.Stopped) == host.Stopped)
            {
                await end.CancelAsync();
                await host.Stopped;
            }

            await feeding;
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            screen.Say("Draining; what was accepted is delivered first.");
        }
    }

    private async Task FeedAsync(Feeder feeder, CancellationToken cancellationToken)
    {
        if (options.NoFeed)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }
        else if (options.Input is null)
        {
            var bound = new DemoBound(options.Keep, options.Data, TimeProvider.System);
            await feeder.FeedAsync(bound.Until(DemoTraffic.RecordsAsync(TimeProvider.System, cancellationToken)), new Pace(options.Rate ?? DemoTraffic.RecordsPerSecond, TimeProvider.System), cancellationToken);
            screen.Say($"Demo traffic has ended: {bound.Reason}. The endpoints stay open. --keep moves the bound, --fresh begins anew.");
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }
        else
        {
            await using var input = options.Input == "-" ? await StandardInputAsync(cancellationToken) : File.OpenRead(options.Input);
            await feeder.FeedAsync(new LineReader(input, InputBuffer).ReadAllAsync(cancellationToken), new Pace(options.Rate, TimeProvider.System), cancellationToken);
        }
    }

    private static async Task<Stream> StandardInputAsync(CancellationToken cancellationToken)
    {
        var input = new PeekedStream(Console.OpenStandardInput());
        var head = await input.PeekAsync(cancellationToken);
        return InputFile.ComplaintOfStream(head.Span) is { } complaint ? throw new UserErrorException($"--input: {complaint}") : input;
    }

    private async Task ShowStatusAsync(LocalHost host, Stopwatch watch, DiskWatch disk, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(StatusInterval);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                var setAside = await host.CountSetAsideAsync();
                screen.Status(host.Counts(), setAside.Sum(static place => place.Count), watch.Elapsed);
                disk.Look();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The final table follows.
        }
    }

    private EventCatalog ReadCatalog()
    {
        try
        {
            return CatalogArgument.Read(options.CatalogPath);
        }
        catch (CatalogException fault)
        {
            throw new UserErrorException($"The catalog {options.CatalogPath} is broken: {fault.Message}");
        }
    }
}
