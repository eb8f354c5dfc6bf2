using Amazon.Lambda.APIGatewayEvents;
using DataToEvents.Application.EventResponder;

namespace DataToEvents.Functions.EventResponder;

/// <summary>The HTTP API's answers. Envelopes are copied into them verbatim.</summary>
internal static class ApiAnswers
{
    private static readonly JsonWriterOptions Verbatim = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static async Task<APIGatewayHttpApiV2ProxyResponse> SummaryAsync(BrowseEvents browse, CancellationToken cancellation)
    {
        var summary = await browse.SummaryAsync(cancellation);
        return Ok(json =>
        {
            json.WriteNumber("events", summary.Events);
            json.WriteNumber("streams", summary.Streams);
            json.WriteStartObject("types");
            foreach (var (type, count) in summary.ByType.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                json.WriteNumber(type, count);
            }

            json.WriteEndObject();
        });
    }

    public static async Task<APIGatewayHttpApiV2ProxyResponse> StreamAsync(BrowseEvents browse, string id, CancellationToken cancellation)
    {
        var stream = await browse.StreamAsync(Uri.UnescapeDataString(id), cancellation);
        return stream is null
            ? Problem.NotFound($"No event of stream \"{id}\" has arrived.")
            : Ok(json =>
            {
                json.WriteString("stream", stream.Stream.Value);
                json.WriteNumber("events", stream.Events);
                json.WritePropertyName("latest");
                json.WriteRawValue(stream.Latest.Span, skipInputValidation: true);
            });
    }

    public static async Task<APIGatewayHttpApiV2ProxyResponse> EventsAsync(BrowseEvents browse, IDictionary<string, string>? query, CancellationToken cancellation)
    {
        if (!TryLimit(query, out var limit))
        {
            return Problem.BadRequest($"limit must be a whole number from 1 to {BrowseEvents.MaxLimit}.");
        }

        var envelopes = await browse.EventsAsync(query is not null && query.TryGetValue("type", out var type) && type.Length > 0 ? type : null, limit, cancellation);
        return Ok(json =>
        {
            json.WriteStartArray("events");
            foreach (var envelope in envelopes)
            {
                json.WriteRawValue(envelope.Span, skipInputValidation: true);
            }

            json.WriteEndArray();
        });
    }

    /// <summary>A payload's bytes as its producer sent them.</summary>
    public static async Task<APIGatewayHttpApiV2ProxyResponse> PayloadAsync(BrowseEvents browse, string name, CancellationToken cancellation)
    {
        var payload = await browse.PayloadAsync(name, cancellation);
        return payload is null
            ? Problem.NotFound($"There is no payload \"{name}\". Ask for the last part of an event's dataref: 64 hex digits and .bin.")
            : new APIGatewayHttpApiV2ProxyResponse
            {
                StatusCode = 200,
                Headers = new Dictionary<string, string> { ["content-type"] = "application/octet-stream" },
                Body = Convert.ToBase64String(payload.Value.Span),
                IsBase64Encoded = true,
            };
    }

    private static bool TryLimit(IDictionary<string, string>? query, out int limit)
    {
        limit = BrowseEvents.DefaultLimit;
        return query is null
            || !query.TryGetValue("limit", out var text)
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= BrowseEvents.MaxLimit);
    }

    private static APIGatewayHttpApiV2ProxyResponse Ok(Action<Utf8JsonWriter> members)
    {
        var body = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(body, Verbatim);
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
        json.Flush();
        return new APIGatewayHttpApiV2ProxyResponse
        {
            StatusCode = 200,
            Headers = new Dictionary<string, string> { ["content-type"] = "application/json" },
            Body = Encoding.UTF8.GetString(body.WrittenSpan),
        };
    }
}
