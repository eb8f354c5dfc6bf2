using DataToEvents.Emulator.DeliveryStreams;
using DataToEvents.Emulator.Tests.Flow;

namespace DataToEvents.Emulator.Tests.DeliveryStreams;

public sealed class StopTests
{
    [Fact]
    public void A_batch_whose_invocation_is_stopped_is_not_overtaken_by_the_next() => FlowThread.Run(async () =>
    {
        var options = new DeliveryStreamOptions { Name = "data-events-stream", MaxRecordsPerInvocation = 1, Transform = new BufferingHints(1_000, TimeSpan.Zero) };
        await using var fixture = await StreamFixture.OpenAsync(options);
        fixture.Function.Answer = static _ => new TaskCompletionSource<InvocationResult>().Task;
        await fixture.PutAsync("first", "second");
        await FlowThread.Settle();

        await fixture.StopAsync();

        fixture.Function.Payloads.Should().ContainSingle("the first was given no verdict, so it comes again, and the second must come after it");
    });
}
