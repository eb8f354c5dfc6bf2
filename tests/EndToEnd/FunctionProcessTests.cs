namespace DataToEvents.EndToEnd.Tests;

public sealed class FunctionProcessTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Functions_that_are_killed_or_hang_are_replaced_and_nothing_is_lost()
    {
        using var host = await RunningHost.StartAsync(_folder.Data, "process", 0, "--function-timeout", "10");
        var functions = FunctionProcesses.Of(host);
        functions.Should().HaveCountGreaterThan(5);
        var feeding = Task.WhenAll(Enumerable.Range(0, 4).Select(batch => host.PutAsync(Enumerable.Range(batch * 50, 50).Select(TestOrders.Order))));
        foreach (var (function, number) in functions.Select((function, number) => (function, number)))
        {
            if (number % 3 == 0)
            {
                await function.HangAsync();
            }
            else if (number % 3 == 1)
            {
                function.Kill();
            }
        }

        await feeding;
        await host.AwaitDeliveredAsync(200);

        (await host.StoredAsync()).Should().Be(200);
        (await host.ViewAsync()).GetProperty("streams").GetInt32().Should().Be(10);
    }

    [Fact]
    public async Task No_function_outlives_a_killed_host_not_even_one_that_hangs()
    {
        using var host = await RunningHost.StartAsync(_folder.Data, "process");
        var functions = FunctionProcesses.Of(host);
        functions.Should().NotBeEmpty();
        await functions[0].HangAsync();

        await host.KillAsync();

        await Task.WhenAll(functions.Select(function => function.WaitForExitAsync())).WaitAsync(TimeSpan.FromSeconds(60));
    }
}
