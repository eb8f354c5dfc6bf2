using DataToEvents.Application.EventStorer;
using DataToEvents.Application.IntegrationEventEmitter;
using DataToEvents.Domain;

namespace DataToEvents.Adapters.Tests.Contracts;

/// <summary>Events as they come, with only what a test is about spelt out.</summary>
internal static class Some
{
    /// <param name="data">JSON, verbatim.</param>
    public static DataEvent Event(
        string stream = "orders-1", string id = "e-1", string data = """{"total":1.0}""", string type = "order.placed", string? trace = null, string acceptedAt = "2026-11-24T10:00:00.000Z",
        string source = "/tests", string? sequence = null)
    {
        var sequenceMember = sequence is null ? "" : $",\"dteproducersequence\":\"{sequence}\"";
        var traceMember = trace is null ? "" : $",\"traceparent\":\"{trace}\"";
        return DataEvent.Parse(Encoding.UTF8.GetBytes(
            $$"""{"specversion":"1.0","id":{{Quoted(id)}},"source":"{{source}}","type":{{Quoted(type)}},"subject":{{Quoted(stream)}},"time":"2026-11-24T09:59:59.5+01:00","dteacceptedtime":"{{acceptedAt}}","datacontenttype":"application/json"{{traceMember}}{{sequenceMember}},"data":{{data}}}"""));
    }

    public static EventToStore ToStore(DataEvent stored, string sequence = "18849496460467696128", DateTimeOffset? expiresAt = null, long storedAt = 1_800_000_000_123) =>
        new(stored, sequence, DateTimeOffset.FromUnixTimeMilliseconds(storedAt), expiresAt);

    public static IntegrationEvent Published(DataEvent published, string? trace = null) =>
        new("DataInserted", published.EnvelopeWith("18849496460467696128"), ["arn:aws:dynamodb:eu-north-1:123456789012:table/events"], trace);

    /// <summary>Payloads that a careless reader or writer would change.</summary>
    public static IReadOnlyList<string> DelicatePayloads { get; } =
    [
        """{"total":1.0,"exact":12345678901234567890.10,"big":1e400}""",
        """{"name":"José Ångström 李 😀 \u00e9 \ud83d\ude00 \/ \" \\ \u0000 \u001f"}""",
        """ { "b" : null , "a" : [ { } , [ ] , [ [ ] ] ] , "a" : 2 } """,
        "\"\u007f\u0085\u2028\u2029\ufeff<&>'+`\"",
        "null",
    ];

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
