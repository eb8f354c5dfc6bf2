using DataToEvents.Application.EventStorer;
using DataToEvents.Application.IntegrationEventEmitter;
using DataToEvents.Application.Lanes;
using DataToEvents.Application.Transformer;
using DataToEvents.Domain.Catalog;
using DataToEvents.Functions.EventStorer;
using DataToEvents.Functions.IntegrationEventEmitter;
using DataToEvents.Functions.Transformer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DataToEvents.Functions.Tests;

/// <summary>The rates of a stream in docs/capacity.md, measured with the lanes that each function registers and calls of 10 ms on a fake clock.</summary>
public sealed class StreamRateTests
{
    private static readonly TimeSpan Call = TimeSpan.FromMilliseconds(10);

    public static TheoryData<string> Names => ["Transformer", "EventStorer", "IntegrationEventEmitter"];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_stream_carries_100_events_a_second_at_10_ms_a_call(string function) =>
        (await TimeOfAsync(function, Enumerable.Repeat("hot", 100))).Should().Be(TimeSpan.FromSeconds(1));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Ten_streams_share_their_calls(string function) =>
        (await TimeOfAsync(function, Enumerable.Range(0, 100).Select(position => $"{position % 10}"))).Should().Be(TimeSpan.FromMilliseconds(100));

    private static async Task<TimeSpan> TimeOfAsync(string function, IEnumerable<string> streams)
    {
        var clock = new FakeTimeProvider();
        var begin = clock.GetUtcNow();
        var lanes = Registered(function).AddSingleton<TimeProvider>(clock).BuildServiceProvider().GetRequiredService<StreamLanes>();

        var results = await lanes.SendAsync(
            [.. streams], static stream => stream, static _ => 1_000,
            (batch, _) =>
            {
                clock.Advance(Call);
                return Task.FromResult<IReadOnlyList<Attempt>>([.. batch.Select(_ => Attempt.Done)]);
            },
            TimeSpan.FromMinutes(1));

        results.Should().OnlyContain(result => result.Sent);
        return clock.GetUtcNow() - begin;
    }

    private static IServiceCollection Registered(string function) => function switch
    {
        "Transformer" => new ServiceCollection().AddTransformer(EventCatalog.Parse("""{ "source": "urn:test", "events": [{ "type": "order", "match": [{ "pointer": "/orderId" }], "stream": "/orderId" }] }"""u8.ToArray()), new TransformerOptions()),
        "EventStorer" => new ServiceCollection().AddEventStorer(new EventStorerOptions()),
        _ => new ServiceCollection().AddIntegrationEventEmitter(new EmitterOptions()),
    };
}
