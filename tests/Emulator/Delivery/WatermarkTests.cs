namespace DataToEvents.Emulator.Tests.Delivery;

public class WatermarkTests
{
    private readonly Watermark _watermark;
    private int _urged;

    public WatermarkTests() => _watermark = new Watermark(() => _urged++);

    [Fact]
    public void A_caller_that_waits_urges_the_loop_until_its_number_is_reached() => OneThread.Run(async () =>
    {
        _watermark.IsUrgent.Should().BeFalse();
        var reached = _watermark.ReachAsync(5, CancellationToken.None);
        (_urged, _watermark.IsUrgent).Should().Be((1, true));

        _watermark.Rise(4);
        await OneThread.IdleAsync();
        (reached.IsCompleted, _watermark.IsUrgent).Should().Be((false, true));
        _watermark.Rise(5);

        await reached;
        _watermark.IsUrgent.Should().BeFalse();
    });

    [Fact]
    public void A_number_that_is_reached_already_urges_nobody()
    {
        _watermark.Rise(5);

        _watermark.ReachAsync(5, CancellationToken.None).IsCompleted.Should().BeTrue();
        (_urged, _watermark.IsUrgent).Should().Be((0, false));
    }

    [Fact]
    public void The_watermark_never_falls() => OneThread.Run(async () =>
    {
        _watermark.Rise(5);
        _watermark.Rise(3);

        await _watermark.ReachAsync(4, CancellationToken.None);
    });

    [Fact]
    public void Each_caller_goes_on_at_the_number_that_it_waits_for() => OneThread.Run(async () =>
    {
        var (low, high, middle) = (_watermark.ReachAsync(1, CancellationToken.None), _watermark.ReachAsync(9, CancellationToken.None), _watermark.ReachAsync(2, CancellationToken.None));

        _watermark.Rise(2);
        await OneThread.IdleAsync();

        (low.IsCompleted, middle.IsCompleted, high.IsCompleted, _watermark.IsUrgent).Should().Be((true, true, false, true));
        _watermark.Rise(10);
        await high;
    });

    [Fact]
    public void Cancellation_ends_a_wait() => OneThread.Run(async () =>
    {
        using var stop = new CancellationTokenSource();
        var reached = _watermark.ReachAsync(1, stop.Token);

        stop.Cancel();

        await reached.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
    });
}
