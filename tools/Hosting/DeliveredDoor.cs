using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using DataToEvents.Adapters.Embedded.Ports;
using Microsoft.AspNetCore.Http;

namespace DataToEvents.Hosting;

/// <summary>
/// What the consumer took in, for whoever has to prove it, where its view is rows of a database that no door of AWS's shows: NDJSON, first
/// <c>{"at","envelope"}</c> (epoch ms, base64) for each event in its order, then <c>{"stream","events"}</c> for each stream as it was counted.
/// </summary>
public static class DeliveredDoor
{
    /// <summary>Behind the prefix of pages.</summary>
    public const string Name = "delivered";

    public const string MediaType = "application/x-ndjson";

    private const int LinesAtOnce = 256;

    /// <summary>204 where the view is items of the table <see cref="Names.ViewTable"/>.</summary>
    public static async Task AnswerAsync(Engine engine, HttpContext context)
    {
        if (await ViewFormNote.ReadAsync(engine.Database) == ViewForm.Items)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        context.Response.ContentType = MediaType;
        var (view, body, lines) = (new EmbeddedStreamView(engine.Database, TimeProvider.System), context.Response.BodyWriter, 0);
        await using var json = new Utf8JsonWriter(body);
        await foreach (var applied in view.AllAsync())
        {
            json.WriteStartObject();
            json.WriteNumber("at"u8, applied.At);
            json.WriteBase64String("envelope"u8, applied.Envelope.Span);
            await EndLineAsync(json, body, ++lines);
        }

        foreach (var (stream, events) in await view.CountsAsync())
        {
            json.WriteStartObject();
            json.WriteString("stream"u8, stream);
            json.WriteNumber("events"u8, events);
            await EndLineAsync(json, body, ++lines);
        }
    }

    private static async ValueTask EndLineAsync(Utf8JsonWriter json, PipeWriter body, int lines)
    {
        json.WriteEndObject();
        json.Flush();
        json.Reset();
        body.Write("\n"u8);
        if (lines % LinesAtOnce == 0)
        {
            await body.FlushAsync();
        }
    }
}
