using DataToEvents.Application.EventStorer;
using DataToEvents.Domain;
using DataToEvents.Emulator.Tests.Http.Contract;

namespace DataToEvents.Adapters.Tests.Contracts;

/// <summary>The contract of a quarantine, as the EventStorer relies on it.</summary>
public abstract class QuarantineContract : PortContract
{
    protected abstract IQuarantine Quarantine { get; }

    /// <summary>The objects under <c>quarantine/</c>.</summary>
    protected abstract Task<IReadOnlyList<byte[]>> ReadAllAsync();

    [ContractFact]
    public async Task A_conflicting_event_is_kept_whole_with_where_it_belongs()
    {
        var conflicting = Some.Event("Straße/7", "e/1", Some.DelicatePayloads[1]);

        await Quarantine.PutAsync(conflicting, "42", default);

        var kept = (await ReadAllAsync()).Should().ContainSingle().Subject;
        using var json = JsonDocument.Parse(kept);
        (Text(json, "stream"), Text(json, "id"), Text(json, "sequence")).Should().Be(("Straße/7", "e/1", "42"));
        json.RootElement.GetProperty("envelope").GetRawText().Should().Be(System.Text.Encoding.UTF8.GetString(conflicting.Envelope.Span));
    }

    [ContractFact]
    public async Task Putting_it_aside_again_changes_nothing()
    {
        await Quarantine.PutAsync(Some.Event(), "42", default);
        await Quarantine.PutAsync(Some.Event(), "42", default);

        (await ReadAllAsync()).Should().ContainSingle();
    }

    [ContractFact]
    public async Task Each_stream_id_and_content_has_a_place_of_its_own()
    {
        DataEvent[] conflicts = [Some.Event(), Some.Event(data: "2"), Some.Event(id: "e-2"), Some.Event("orders-2"), Some.Event(new('s', 2_048), new('i', 1_024))];
        foreach (var conflicting in conflicts)
        {
            await Quarantine.PutAsync(conflicting, "42", default);
        }

        (await ReadAllAsync()).Should().HaveCount(conflicts.Length);
    }

    private static string? Text(JsonDocument json, string name) => json.RootElement.GetProperty(name).GetString();
}
