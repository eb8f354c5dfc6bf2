using DataToEvents.Domain;

namespace DataToEvents.Operator.Reference;

/// <summary>The envelope that all events share: CloudEvents 1.0, structured JSON, and our extensions.</summary>
internal static class EnvelopeSchema
{
    public static JsonObject Create() => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray("specversion", "id", "source", "type", "time"),
        ["properties"] = new JsonObject
        {
            ["specversion"] = new JsonObject { ["const"] = "1.0" },
            ["id"] = Text("Unique within its source; the producer's own where it gave one."),
            ["source"] = Text("Who made the event: the producer's, or that of the catalog's entry."),
            ["type"] = Text("What it is."),
            ["subject"] = Text("The stream, in which events keep their order. A CloudEvent whose producer named none has none."),
            ["time"] = Text("When it happened.", "date-time"),
            [ExtensionNames.AcceptedTime] = Text("When the delivery stream accepted the record.", "date-time"),
            [ExtensionNames.Sequence] = Text("Digits that grow within the stream: what comes later there has more."),
            [ExtensionNames.Replay] = Text("Name of the run, in an event that an operator published again."),
            [ExtensionNames.ConflictsWith] = Text("The id under which it came, in an event that was released from quarantine."),
            [ExtensionNames.Content] = Text("What tells a copy from a conflict in place of the payload, where the catalog names volatile members."),
            [ExtensionNames.Conflict] = Text("\"first\", where the first event of a source and id stands whatever comes later."),
            ["traceparent"] = Text("W3C trace context."),
            ["datacontenttype"] = Text("Media type of the data; JSON without it."),
            ["data"] = new JsonObject { ["description"] = "The payload: JSON byte for byte as it was sent; other text as a string." },
            ["data_base64"] = Text("The payload's bytes, where it is no text."),
            ["dataref"] = Text("Where the payload lies, when it is over the inline limit (claim check)."),
            [ExtensionNames.DataRef] = Text("The same, when the producer's event has a dataref of its own."),
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
