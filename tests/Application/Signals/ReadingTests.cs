using System.Diagnostics.Metrics;
using DataToEvents.Application.Lanes;
using DataToEvents.Application.Signals;

namespace DataToEvents.Application.Tests.Signals;

public sealed class ReadingTests
{
    private readonly Steps _steps = new();

    [Fact]
    public async Task The_transformer_tells_what_became_of_its_records()
    {
        var tries = 0;
        var queue = new FakeQueue(item => item.Stream.Value == "slow" && tries++ == 0 ? Attempt.Retry("busy") : item.Stream.Value == "full" ? Attempt.Rejected("full") : Attempt.Done);

        await _steps.TransformAsync(queue, """{"s":"a"}""", """{"s":"slow"}""", """{"s":"full"}""", """{"noise":1}""", $$"""{"s":"big","text":"{{new string('x', 2_000)}}"}""");

        _steps.Metrics.Last().Should().BeEquivalentTo(new Dictionary<string, long>
        {
            ["RecordsReceived"] = 5,
            ["BytesReceived"] = 2_065,
            ["RecordsDropped"] = 1,
            ["RecordsFailed"] = 1,
            ["EventsQueued"] = 3,
            ["PayloadsCheckedIn"] = 1,
            ["Calls"] = 2,
            ["Retries"] = 1,
        });
    }

    [Fact]
    public async Task The_storer_tells_stored_from_known_conflicting_set_aside_and_failed()
    {
        await _steps.StoreAsync("new", "known", "conflict", "unstorable", "refused");

        _steps.Metrics.Last().Should().BeEquivalentTo(new Dictionary<string, long>
        {
            ["MessagesReceived"] = 5,
            ["EventsStored"] = 1,
            ["EventsKnown"] = 1,
            ["EventsInConflict"] = 1,
            ["MessagesSetAside"] = 1,
            ["MessagesFailed"] = 1,
            ["Calls"] = 1,
        });
    }

    [Fact]
    public async Task The_emitter_tells_what_it_published_and_what_it_could_not()
    {
        await _steps.EmitAsync("a", "refused");

        _steps.Metrics.Last().Should().BeEquivalentTo(new Dictionary<string, long> { ["ChangesReceived"] = 2, ["EventsPublished"] = 1, ["ChangesFailed"] = 1, ["Calls"] = 1 });
    }

    [Fact]
    public async Task The_responder_tells_applied_from_known_and_replayed_and_how_long_it_took()
    {
        await _steps.RespondAsync(Steps.Envelope("a"), null);
        _steps.Metrics.Last().Should().BeEquivalentTo(new Dictionary<string, long> { ["EventsApplied"] = 1, ["DeliveryTime"] = 1_500 });

        await _steps.RespondAsync(Steps.Envelope("known"), null);
        _steps.Metrics.Last().Should().BeEquivalentTo(new Dictionary<string, long> { ["EventsKnown"] = 1 });

        await _steps.RespondAsync(Steps.Envelope("a"), "run");
        _steps.Metrics.Last().Should().BeEquivalentTo(new Dictionary<string, long> { ["ReplaysIgnored"] = 1 });
    }

    [Fact]
    public async Task The_transformer_tells_what_it_did_not_understand()
    {
        await _steps.TransformAsync(new FakeQueue(), "text", """{"specversion":"1.0"}""", """{"s":"a","at":"?"}""");

        _steps.Metrics.Last().Should().Contain(new Dictionary<string, long> { ["EventsUnclassified"] = 2, ["EventsNotJson"] = 1, ["TimesUnusable"] = 1, ["CloudEventsInvalid"] = 1 });
    }

    [Fact]
    public async Task Every_signal_is_told_by_some_step_and_every_name_stands_once()
    {
        await The_transformer_tells_what_became_of_its_records();
        await The_transformer_tells_what_it_did_not_understand();
        await The_storer_tells_stored_from_known_conflicting_set_aside_and_failed();
        await The_emitter_tells_what_it_published_and_what_it_could_not();
        await The_responder_tells_applied_from_known_and_replayed_and_how_long_it_took();

        _steps.Metrics.All.Should().BeEquivalentTo(PathSignals.All.Select(signal => signal.Name));
        PathSignals.All.Select(signal => signal.Name).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task A_meter_counts_the_same_with_the_step_as_a_tag()
    {
        var counted = new List<(string, long, string?)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == PathSignals.Name)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => counted.Add((instrument.Name, value, tags[0].Value as string)));
        listener.Start();

        await _steps.EmitAsync("metered");

        counted.Should().Contain(("datatoevents.events_published", 1, "IntegrationEventEmitter"));
    }
}
