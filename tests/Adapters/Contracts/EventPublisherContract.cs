using DataToEvents.Adapters.Formats;
using DataToEvents.Application.IntegrationEventEmitter;
using DataToEvents.Application.Lanes;
using DataToEvents.Emulator.Tests.Http.Contract;

namespace DataToEvents.Adapters.Tests.Contracts;

/// <summary>An event as a rule of the bus sees it; the detail is verbatim.</summary>
public sealed record SeenEvent(string Source, string DetailType, string Detail, DateTimeOffset Time, string Resources);

/// <summary>The contract of a bus, as the IntegrationEventEmitter relies on it.</summary>
public abstract class EventPublisherContract : PortContract
{
    protected abstract IEventPublisher Publisher { get; }

    /// <summary>In the order in which the bus took them.</summary>
    protected abstract Task<IReadOnlyList<SeenEvent>> SeenAsync();

    [ContractFact]
    public async Task An_event_arrives_with_its_source_type_resources_and_the_time_of_the_call()
    {
        (await Publisher.PublishAsync([Some.Published(Some.Event())], default)).Should().Equal(Attempt.Done);

        var seen = (await SeenAsync()).Should().ContainSingle().Subject;
        (seen.Source, seen.DetailType, seen.Resources).Should().Be(("datatoevents.insert", "DataInserted", "arn:aws:dynamodb:eu-north-1:123456789012:table/events"));
        seen.Time.ToUnixTimeSeconds().Should().NotBe(Some.Event().OccurredAt.ToUnixTimeSeconds(), "an archive is replayed by this time, and has to find what was published in a window");
    }

    [ContractFact]
    public async Task Details_arrive_byte_for_byte()
    {
        foreach (var payload in Some.DelicatePayloads)
        {
            await Publisher.PublishAsync([Some.Published(Some.Event(data: payload))], default);
        }

        (await SeenAsync()).Select(seen => seen.Detail).Should().Equal(Some.DelicatePayloads.Select(payload =>
            System.Text.Encoding.UTF8.GetString(Some.Published(Some.Event(data: payload)).Detail.Span)));
    }

    [ContractFact]
    public async Task A_batch_is_taken_whole_with_an_attempt_for_each_event()
    {
        var batch = Enumerable.Range(0, ServiceLimits.BusEntries).Select(number => Some.Published(Some.Event($"s-{number}"))).ToArray();

        var attempts = await Publisher.PublishAsync(batch, default);

        attempts.Should().HaveCount(batch.Length).And.OnlyContain(attempt => attempt.Result == AttemptResult.Done);
        (await SeenAsync()).Should().HaveCount(batch.Length);
    }
}
