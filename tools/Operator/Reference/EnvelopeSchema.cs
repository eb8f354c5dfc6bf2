namespace DataToEvents.Operator.Reference;

/// <summary>The envelope that all events share: CloudEvents 1.0, structured JSON, and our extensions.</summary>
internal static class EnvelopeSchema
{
    public static JsonObject Create() => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray("specversion", "id", "source", "type", "subject", "time"),
        ["properties"] = new JsonObject
        {
            ["specversion"] = new JsonObject { ["const"] = "1.0" },
            ["id"] = Text("Unique within its stream; the producer's own where it gave one."),
            ["source"] = Text("Who made the event: the producer's, or the catalog's."),
            ["type"] = Text("What it is."),
            ["subject"] = Text("The stream, in which events keep their order."),
            ["time"] = Text("When it happened.", "date-time"),
            ["acceptedtime"] = Text("When the delivery stream accepted the record.", "date-time"),
            ["streamsequence"] = Text("Digits that grow within the stream: what comes later there has more."),
            ["replay"] = Text("Name of the run, in an event that an operator published again."),
            ["traceparent"] = Text("W3C trace context."),
            ["datacontenttype"] = Text("Media type of the data; JSON without it."),
            ["data"] = new JsonObject { ["description"] = "The payload: JSON byte for byte as it was sent; other text as a string." },
            ["data_base64"] = Text("The payload's bytes, where it is no text."),
            ["dataref"] = Text("Where the payload lies, when it is over the inline limit (claim check)."),
        },
    };

    private static JsonObject Text(string description, string? format = null)
    {
        var text = new JsonObject { ["type"] = "string" };
        if (format is not null)
        {
            text["format"] = format;
        }

        text["description"] = description;
        return text;
    }
}
