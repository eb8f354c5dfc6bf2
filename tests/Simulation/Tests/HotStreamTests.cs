using DataToEvents.Adapters.DynamoDb;
using DataToEvents.Domain;
using DataToEvents.Simulation.Machine;
using DataToEvents.Simulation.World;

namespace DataToEvents.Simulation.Tests;

/// <summary>The consumer's view while one stream is hot, on a table with calls of 10 ms on the simulated clock. Its rate stands in docs/capacity.md.</summary>
public sealed class HotStreamTests
{
    private static readonly TimeSpan Call = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan FunctionTime = TimeSpan.FromSeconds(29);

    [Fact]
    public void The_view_takes_500_events_a_second_of_one_stream_and_none_becomes_a_dead_letter()
    {
        const int Rate = 500;
        var clock = new SimulatedClock();
        using var dynamo = new MeetingDynamo(clock, Call);
        var view = new DynamoDbStreamView(dynamo, new StreamViewOptions(new DynamoDbOptions("view", DynamoDbOptions.ViewVariable)), clock, new Random(7));
        var slowest = TimeSpan.Zero;

        new SimulatedThread(clock, shuffle: null).Run(async () =>
        {
            var applied = new List<Task<bool>>();
            for (var number = 0; number < 20 * Rate; number++)
            {
                applied.Add(ApplyAsync(number));
                await Task.Delay(TimeSpan.FromSeconds(1) / Rate, clock);
            }

            (await Task.WhenAll(applied)).Should().OnlyContain(wasNew => wasNew);
        });

        slowest.Should().BeLessThan(TimeSpan.FromSeconds(1));
        dynamo.Cancelled.Should().BeGreaterThan(0, "transactions meet in this test").And.BeLessThan(dynamo.Transactions / 8);

        async Task<bool> ApplyAsync(int number)
        {
            using var time = new CancellationTokenSource(FunctionTime, clock);
            var begin = clock.Elapsed;
            var wasNew = await view.ApplyAsync(Event(number), $"{number}", time.Token);
            slowest = clock.Elapsed - begin > slowest ? clock.Elapsed - begin : slowest;
            return wasNew;
        }
    }

    private static DataEvent Event(int number) => DataEvent.Parse(Encoding.UTF8.GetBytes(
        $$"""{"specversion":"1.0","id":"e-{{number}}","source":"urn:test","type":"order","subject":"hot","time":"2026-11-24T12:00:00Z","datacontenttype":"application/json","data":"x"}"""));
}
