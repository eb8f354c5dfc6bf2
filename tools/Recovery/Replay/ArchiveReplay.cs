using Amazon.EventBridge;
using Amazon.EventBridge.Model;

namespace DataToEvents.Recovery.Replay;

/// <summary>EventBridge's own replay of its archive. It marks the events itself (<c>replay-name</c>), keeps no order, and reports no count.</summary>
internal sealed class ArchiveReplay(IAmazonEventBridge bridge, ResourceNames names, TimeProvider time)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>Starts the replay of that name, or follows it if it was started before, to its end.</summary>
    public async Task RunAsync(string name, Selection selection, Tally tally, CancellationToken stopping)
    {
        await StartAsync(name, selection, stopping);
        while (true)
        {
            var replay = await bridge.DescribeReplayAsync(new DescribeReplayRequest { ReplayName = name }, stopping);
            if (replay.State != ReplayState.STARTING && replay.State != ReplayState.RUNNING && replay.State != ReplayState.CANCELLING)
            {
                Judge(replay, tally);
                return;
            }

            await Task.Delay(Poll, time, stopping);
        }
    }

    private static DateTime Floor(DateTime time) => time.AddTicks(-(time.Ticks % Second.Ticks));

    private static DateTime Ceiling(DateTime time) => Floor(time.AddTicks(Second.Ticks - 1));

    private static void Judge(DescribeReplayResponse replay, Tally tally)
    {
        if (replay.State == ReplayState.COMPLETED)
        {
            tally.Done = 1;
        }
        else
        {
            tally.Fail($"the replay ended as {replay.State.Value}: {replay.StateReason ?? "no reason given"}");
        }
    }

    private async Task StartAsync(string name, Selection selection, CancellationToken stopping)
    {
        var archive = await bridge.DescribeArchiveAsync(new DescribeArchiveRequest { ArchiveName = names.Archive }, stopping);
        try
        {
            await bridge.StartReplayAsync(
                new StartReplayRequest
                {
                    ReplayName = name,
                    EventSourceArn = archive.ArchiveArn,
                    // Some versions of the SDK round to whole seconds. The range could then lose half a second at either end.
                    EventStartTime = Floor(selection.From.UtcDateTime),
                    EventEndTime = Ceiling(selection.To.UtcDateTime),
                    Destination = new ReplayDestination { Arn = archive.EventSourceArn },
                },
                stopping);
        }
        catch (ResourceAlreadyExistsException)
        {
            // The same command was started before. Its outcome is the outcome of this run.
        }
    }
}
