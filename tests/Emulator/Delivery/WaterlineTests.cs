using DataToEvents.Emulator.Delivery;

namespace DataToEvents.Emulator.Tests.Delivery;

public class WaterlineTests
{
    private readonly Waterline _line;
    private int _urged;

    public WaterlineTests() => _line = new Waterline(() => _urged++);

    [Fact]
    public void Who_waits_for_a_mark_urges_the_pump_until_it_is_reached() => OneThread.Run(async () =>
    {
        _line.IsUrgent.Should().BeFalse();
        var reached = _line.ReachAsync(5, CancellationToken.None);
        (_urged, _line.IsUrgent).Should().Be((1, true));

        _line.Rise(4);
        await OneThread.IdleAsync();
        (reached.IsCompleted, _line.IsUrgent).Should().Be((false, true));
        _line.Rise(5);

        await reached;
        _line.IsUrgent.Should().BeFalse();
    });

    [Fact]
    public void A_mark_that_is_reached_already_urges_nobody()
    {
        _line.Rise(5);

        _line.ReachAsync(5, CancellationToken.None).IsCompleted.Should().BeTrue();
        (_urged, _line.IsUrgent).Should().Be((0, false));
    }

    [Fact]
    public void The_line_never_falls() => OneThread.Run(async () =>
    {
        _line.Rise(5);
        _line.Rise(3);

        await _line.ReachAsync(4, CancellationToken.None);
    });

    [Fact]
    public void Each_of_those_who_wait_goes_on_at_a_mark_of_its_own() => OneThread.Run(async () =>
    {
        var (low, high, middle) = (_line.ReachAsync(1, CancellationToken.None), _line.ReachAsync(9, CancellationToken.None), _line.ReachAsync(2, CancellationToken.None));

        _line.Rise(2);
        await OneThread.IdleAsync();

        (low.IsCompleted, middle.IsCompleted, high.IsCompleted, _line.IsUrgent).Should().Be((true, true, false, true));
        _line.Rise(10);
        await high;
    });

    [Fact]
    public void Who_stops_waiting_ends() => OneThread.Run(async () =>
    {
        using var stop = new CancellationTokenSource();
        var reached = _line.ReachAsync(1, stop.Token);

        stop.Cancel();

        await reached.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
    });
}
