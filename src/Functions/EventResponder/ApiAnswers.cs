using Amazon.Lambda.APIGatewayEvents;
using DataToEvents.Application.EventResponder;

namespace DataToEvents.Functions.EventResponder;

/// <summary>The HTTP API's answers. Envelopes are copied into them verbatim.</summary>
internal static class ApiAnswers
{
    /// <summary>Bytes of a body as the runtime writes it: text in a JSON string. A function may answer 6 MiB (AWS Lambda Developer Guide, "Lambda quotas"); the rest is for what is around the body.</summary>
    private const int MaxBodyBytes = 6_200_000;

    private const int MaxPageBytes = MaxBodyBytes - (2 * ApiQuery.MaxCursorBytes);

    private static APIGatewayHttpApiV2ProxyResponse NoLookups =>
        Problem.NotFound("This view finds no event by its id: VIEW_LOOKUPS is false (in Terraform consumer.view_lookups).");

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
            ? NoStream(id)
            : Ok(json =>
            {
                json.WriteString("stream", stream.Stream.Value);
                json.WriteNumber("events", stream.Events);
                json.WritePropertyName("latest");
                json.WriteRawValue(stream.Latest.Span, skipInputValidation: true);
            });
    }

    /// <summary>Events, last applied first; or those with the query's id, or of its stream.</summary>
    public static Task<APIGatewayHttpApiV2ProxyResponse> EventsAsync(BrowseEvents browse, IDictionary<string, string>? parameters, CancellationToken cancellation)
    {
        var query = ApiQuery.OfEvents(parameters);
        return query switch
        {
            { Complaint: { } complaint } => Task.FromResult(Problem.BadRequest(complaint)),
            { Id: null, Stream: null } => PageAsync(fits => browse.EventsAsync(query.Selection, query.Position, query.Limit, fits, cancellation)),
            { Id: not null } when !browse.HasLookups => Task.FromResult(NoLookups),
            { Id: { } id } => PageAsync(fits => browse.WithIdAsync(id, query.Source, query.Position, query.Limit, fits, cancellation)),
            _ => PageAsync(fits => browse.HistoryAsync(query.Stream!, query.Position, query.Limit, fits, cancellation)),
        };
    }

    /// <summary>A stream's events in their order.</summary>
    public static async Task<APIGatewayHttpApiV2ProxyResponse> HistoryAsync(BrowseEvents browse, string stream, IDictionary<string, string>? parameters, CancellationToken cancellation)
    {
        var query = ApiQuery.OfHistory(parameters);
        if (query.Complaint is { } complaint)
        {
            return Problem.BadRequest(complaint);
        }

        return query.Position is null && await browse.StreamAsync(stream, cancellation) is null ? NoStream(stream)
            : await PageAsync(fits => browse.HistoryAsync(stream, query.Position, query.Limit, fits, cancellation));
    }

    /// <summary>The event with a source and an id: one in each stream that has it.</summary>
    public static async Task<APIGatewayHttpApiV2ProxyResponse> EventAsync(BrowseEvents browse, string source, string id, CancellationToken cancellation)
    {
        if (!browse.HasLookups)
        {
            return NoLookups;
        }

        var left = MaxPageBytes;
        var found = await browse.WithIdAsync(id, source, null, BrowseEvents.MaxLimit, envelope => Fits(envelope, ref left), cancellation);
        return found.Envelopes.Count == 0 ? Problem.NotFound($"No event \"{id}\" of source \"{source}\" has arrived here. If the path accepted it, operator events get says where it is.") : Ok(json => WriteEvents(json, found));
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

    /// <summary>Bytes of a text in the JSON string that is the body, with the encoder of Amazon's serializer (AbstractLambdaJsonSerializer).</summary>
    private static int QuotedBytes(ReadOnlySpan<byte> text) => JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes.Length;

    private static async Task<APIGatewayHttpApiV2ProxyResponse> PageAsync(Func<Predicate<ReadOnlyMemory<byte>>, Task<ListedEvents>> read)
    {
        var left = MaxPageBytes;
        var page = await read(envelope => Fits(envelope, ref left));
        return Ok(json => WriteEvents(json, page));
    }

    private static bool Fits(ReadOnlyMemory<byte> envelope, ref int left) => (left -= QuotedBytes(envelope.Span) + 1) >= 0;

    private static void WriteEvents(Utf8JsonWriter json, ListedEvents page)
    {
        json.WriteStartArray("events");
        foreach (var envelope in page.Envelopes)
        {
            json.WriteRawValue(envelope.Span, skipInputValidation: true);
        }

        json.WriteEndArray();
        if (page.Next is { } next)
        {
            json.WriteString("next", ApiQuery.Cursor(next));
        }
    }

    private static APIGatewayHttpApiV2ProxyResponse NoStream(string id) => Problem.NotFound($"No event of stream \"{id}\" has arrived.");

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
