namespace DataToEvents.Recovery.Tests;

/// <summary><c>verify</c> over a path that may still be at work.</summary>
public sealed class VerifyWaitTests : Bed
{
    [Theory]
    [InlineData("10s")]
    [InlineData("10")]
    public async Task It_says_what_is_not_there_yet_and_names_it_when_it_gives_up(string wait)
    {
        using var ledger = new TestLedger();
        foreach (var number in new[] { 1, 2 })
        {
            ledger.Accepted(Encoding.UTF8.GetBytes(Order(number)));
        }

        await Path.PutAsync(Order(1));
        await Path.SettleAsync();
        var clock = new LeapingClock();

        var verify = await OperatorAsync(clock, "verify", "--ledger", await ledger.SaveAsync(Data), "--wait", wait);

        verify.ExitCode.Should().Be(1, "{0}", verify.Errors);
        verify.Output.Should().Contain("1 event is not there yet; looking again").And.Contain("event e-2 of stream order-1");
        clock.Waited.Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(10));
    }
}
