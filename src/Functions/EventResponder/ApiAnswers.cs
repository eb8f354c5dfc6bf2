using System.Buffers.Text;
using Amazon.Lambda.APIGatewayEvents;
using DataToEvents.Application.EventResponder;

namespace DataToEvents.Functions.EventResponder;

/// <summary>The HTTP API's answers. Envelopes are copied into them verbatim.</summary>
internal static class ApiAnswers
{
    /// <summary>Bytes of a body as the runtime writes it: text in a JSON string. A function may answer 6 MiB (AWS Lambda Developer Guide, "Lambda quotas"); the rest is for what is around the body.</summary>
    private const int MaxBodyBytes = 6_200_000;

    private const int MaxCursorBytes = 1_000;

    private static readonly JsonWriterOptions Verbatim = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Counts by type in the order of their names. Types whose names do not fit the answer are only counted in <c>typesLeftOut</c>.</summary>
    public static async Task<APIGatewayHttpApiV2ProxyResponse> SummaryAsync(BrowseEvents browse, CancellationToken cancellation)
    {
        var summary = await browse.SummaryAsync(cancellation);
        return Ok(json =>
        {
            json.WriteNumber("events", summary.Events);
            json.WriteNumber("streams", summary.Streams);
            json.WriteStartObject("types");
            var (left, leftOut) = (MaxBodyBytes, 0);
            foreach (var (type, count) in summary.ByType.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                // The name is quoted twice: in the body, and with the body.
                left -= QuotedBytes(JsonEncodedText.Encode(type, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes) + 30;
                if (left > 0)
                {
                    json.WriteNumber(type, count);
                }
                else
                {
                    leftOut++;
                }
            }

            json.WriteEndObject();
            if (leftOut > 0)
            {
                json.WriteNumber("typesLeftOut", leftOut);
            }
        });
    }

    /// <param name="browse">The use case that answers.</param>
    /// <param name="id">The stream's id, unescaped: API Gateway hands path and query parameters over so.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    public static async Task<APIGatewayHttpApiV2ProxyResponse> StreamAsync(BrowseEvents browse, string id, CancellationToken cancellation)
    {
        var stream = await browse.StreamAsync(id, cancellation);
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

        if (!TryCursor(query, out var before))
        {
            return Problem.BadRequest("cursor must be the \"next\" of an answer to GET /events.");
        }

        var left = MaxBodyBytes - (2 * MaxCursorBytes);
        var page = await browse.EventsAsync(Parameter(query, "type"), before, limit, Fits, cancellation);
        return Ok(json =>
        {
            json.WriteStartArray("events");
            foreach (var envelope in page.Envelopes)
            {
                json.WriteRawValue(envelope.Span, skipInputValidation: true);
            }

            json.WriteEndArray();
            if (page.Next is { } next)
            {
                json.WriteString("next", Base64Url.EncodeToString(Encoding.ASCII.GetBytes(next)));
            }
        });

        bool Fits(ReadOnlyMemory<byte> envelope) => (left -= QuotedBytes(envelope.Span) + 1) >= 0;
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

    /// <summary>Null when there is none, or when it is empty.</summary>
    public static string? Parameter(IDictionary<string, string>? query, string name) =>
        query is not null && query.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>Bytes of a text in the JSON string that is the body, with the encoder of Amazon's serializer (AbstractLambdaJsonSerializer).</summary>
    private static int QuotedBytes(ReadOnlySpan<byte> text) => JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes.Length;

    /// <summary>A cursor is a position in base64url: it needs no escapes in a query.</summary>
    private static bool TryCursor(IDictionary<string, string>? query, out string? position)
    {
        position = null;
        if (Parameter(query, "cursor") is not { } cursor)
        {
            return true;
        }

        if (cursor.Length > MaxCursorBytes || !Base64Url.IsValid(cursor))
        {
            return false;
        }

        position = Encoding.Latin1.GetString(Base64Url.DecodeFromChars(cursor));
        return position.Length > 0 && position.All(static character => character is > ' ' and <= '~');
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
