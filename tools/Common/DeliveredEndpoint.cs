using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using DataToEvents.Adapters.Embedded;
using DataToEvents.Emulator.Http;
using Microsoft.AspNetCore.Http;

namespace DataToEvents.Common;

/// <summary>
/// What the consumer took in, for whoever has to prove it, where its view is rows of a database that no door of AWS's shows: NDJSON, first
/// <c>{"at","envelope"}</c> (epoch ms, base64) for each event in its order, then <c>{"stream","events"}</c> for each stream as it was counted.
/// </summary>
public sealed class DeliveredEndpoint
{
    /// <summary>Behind the prefix of pages.</summary>
    public const string Name = "delivered";

    public const string MediaType = "application/x-ndjson";

    private const int LinesAtOnce = 256;

    private readonly DataDirectory _directory;
    private readonly EmbeddedStreamView _view;

    /// <summary>Defines its tables where they are missing: once, not with every request.</summary>
    public DeliveredEndpoint(DataDirectory directory)
    {
        _directory = directory;
        _view = new EmbeddedStreamView(directory.Database, TimeProvider.System);
        ViewFormNote.Define(directory.Database);
    }

    /// <summary>204 where the view is items of the table <see cref="Names.ViewTable"/>.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        if (await ViewFormNote.ReadAsync(_directory.Database) == ViewForm.Items)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        context.Response.ContentType = MediaType;
        await context.Response.StartAsync();
        var (body, lines) = (context.Response.BodyWriter, 0);
        await using var json = new Utf8JsonWriter(body);
        await foreach (var applied in _view.AllAsync())
        {
            json.WriteStartObject();
            json.WriteNumber("at"u8, applied.At);
            json.WriteBase64String("envelope"u8, applied.Envelope.Span);
            await EndLineAsync(json, body, ++lines);
        }

        foreach (var (stream, events) in await _view.CountsAsync())
        {
            json.WriteStartObject();
            json.WriteString("stream"u8, stream);
            json.WriteNumber("events"u8, events);
            await EndLineAsync(json, body, ++lines);
        }
    }

    /// <summary>Where there is no page: nothing else is behind its prefix.</summary>
    public Task AnswerOnlyAsync(HttpContext context)
    {
        if (context.Request.Path == $"{EmulatorEndpoint.PagePrefix}/{Name}")
        {
            return AnswerAsync(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
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
