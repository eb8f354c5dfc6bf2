using DataToEvents.Application.Lanes;
using DataToEvents.Application.Transformer;
using DataToEvents.Domain;
using DataToEvents.Domain.Catalog;

namespace DataToEvents.Application.Tests;

internal static class Example
{
    public static readonly DateTimeOffset Arrival = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public static readonly TimeSpan Budget = TimeSpan.FromSeconds(30);

    public static EventCatalog Catalog { get; } = EventCatalog.Parse(Encoding.UTF8.GetBytes(
        """
        { "source": "urn:test", "events": [
          { "type": "noise", "match": [{ "pointer": "/noise" }], "drop": true },
          { "type": "reading", "match": [{ "pointer": "/s" }], "stream": "/s", "id": "/id", "time": "/at" } ] }
        """));

    /// <summary>No pause between attempts, because these tests check order and outcomes.</summary>
    public static StreamLanes Lanes(int calls = 4, TimeProvider? time = null) =>
        new(new LaneOptions(10, 1_000_000, calls, TimeSpan.Zero), time ?? TimeProvider.System, new Random(1));

    public static ArrivedRecord Record(string id, string json) => new(id, Arrival, Encoding.UTF8.GetBytes(json));

    /// <summary>A producer's record of one event, as the Transformer has it in hand.</summary>
    public static EventWork Work(string json) => new(new RecordWork("record"), new RecordReader(Catalog).Read(Encoding.UTF8.GetBytes(json), Arrival).Single());

    public static DataEvent Event(string stream, string id, string data = "1", string source = "s", string type = "t") => DataEvent.Parse(Encoding.UTF8.GetBytes(
        $$"""{"specversion":"1.0","id":"{{id}}","source":"{{source}}","type":"{{type}}","subject":"{{stream}}","time":"2026-11-24T12:00:00Z","data":{{data}}}"""));
}
