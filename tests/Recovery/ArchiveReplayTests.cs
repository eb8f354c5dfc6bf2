using Amazon.EventBridge;
using Amazon.EventBridge.Model;
using DataToEvents.Recovery.Publishing;
using DataToEvents.Recovery.Replay;
using DataToEvents.Recovery.Targets;
using NSubstitute;

namespace DataToEvents.Recovery.Tests;

public sealed class ArchiveReplayTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private readonly IAmazonEventBridge _bridge = Substitute.For<IAmazonEventBridge>();
    private StartReplayRequest? _started;

    public ArchiveReplayTests()
    {
        _bridge.DescribeArchiveAsync(Arg.Any<DescribeArchiveRequest>(), Arg.Any<CancellationToken>())
            .Returns(new DescribeArchiveResponse { ArchiveArn = "arn:archive", EventSourceArn = "arn:bus" });
        _bridge.StartReplayAsync(Arg.Do<StartReplayRequest>(request => _started = request), Arg.Any<CancellationToken>()).Returns(new StartReplayResponse());
        _bridge.DescribeReplayAsync(Arg.Any<DescribeReplayRequest>(), Arg.Any<CancellationToken>()).Returns(new DescribeReplayResponse { State = ReplayState.COMPLETED });
    }

    [Theory]
    [InlineData(0.3, 59.6, 0, 60)]
    [InlineData(0.6, 59.3, 0, 60)]
    [InlineData(7, 42, 7, 42)]
    [InlineData(7.0000001, 42.0000001, 7, 43)]
    public async Task Its_range_is_whole_seconds_that_hold_all_that_was_asked_for(double from, double to, int start, int end)
    {
        await RunAsync(Noon.AddTicks((long)(from * TimeSpan.TicksPerSecond)), Noon.AddTicks((long)(to * TimeSpan.TicksPerSecond)));

        _started!.EventStartTime.Should().Be(Noon.UtcDateTime.AddSeconds(start)).And.BeIn(DateTimeKind.Utc);
        _started.EventEndTime.Should().Be(Noon.UtcDateTime.AddSeconds(end)).And.BeIn(DateTimeKind.Utc);
    }

    private async Task RunAsync(DateTimeOffset from, DateTimeOffset to)
    {
        var tally = new Tally();
        await new ArchiveReplay(_bridge, new ResourceNames(), TimeProvider.System).RunAsync("run-7", new Selection(from, to, null, null), tally, CancellationToken.None);
        tally.Done.Should().Be(1);
    }
}
