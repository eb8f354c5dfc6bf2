namespace DataToEvents.Operator.Reference;

/// <summary>Describes a type's payload as a JSON Schema: the members that the catalog looks at. The payload may have others.</summary>
internal static class PayloadSchema
{
    public static JsonObject Of(EventType type)
    {
        var schema = Object();
        // The conditions are about the record. They say nothing about the elements that become its events.
        foreach (var condition in type.Each is null ? type.Match : [])
        {
            var place = Place(schema, condition.Pointer, required: true);
            if (condition.Expected is { } expected)
            {
                place["const"] = expected.DeepClone();
            }
        }

        if (type.Stream.Pointer is { } stream)
        {
            Describe(Place(schema, stream, required: true), Key(), $"Names the stream: {type.StreamPrefix}KEY.");
        }

        if (type.Id?.Pointer is { } id)
        {
            Describe(Place(schema, id, required: false), Key(), "The event's id: a record sent twice has one effect.");
        }

        if (type.Time?.Pointer is { } time)
        {
            var forms = new JsonArray(new JsonObject { ["type"] = "string", ["format"] = "date-time" }, new JsonObject { ["type"] = "number", ["description"] = "Since 1970: seconds (10 digits), milliseconds (13), microseconds (16) or nanoseconds (19)." });
            Describe(Place(schema, time, required: false), new JsonObject { ["anyOf"] = forms }, "When it happened; without it, when it was accepted.");
        }

        return schema;
    }

    private static JsonObject Key() => new() { ["type"] = new JsonArray("string", "number") };

    private static JsonObject Object() => new() { ["type"] = "object" };

    private static void Describe(JsonObject place, JsonObject form, string text)
    {
        foreach (var (name, value) in form.Where(member => !place.ContainsKey(member.Key) && !place.ContainsKey("const")).ToList())
        {
            place[name] = value?.DeepClone();
        }

        place["description"] = text;
    }

    /// <summary>Finds the schema of the member that a JSON pointer (RFC 6901) names, and makes it if it is missing.</summary>
    private static JsonObject Place(JsonObject schema, string pointer, bool required)
    {
        foreach (var part in pointer.Split('/').Skip(1).Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)))
        {
            schema["type"] = "object";
            var members = schema["properties"] as JsonObject ?? [];
            schema["properties"] ??= members;
            if (required && !(schema["required"] as JsonArray ?? []).Any(name => name!.GetValue<string>() == part))
            {
                schema["required"] ??= new JsonArray();
                schema["required"]!.AsArray().Add(part);
            }

            members[part] ??= new JsonObject();
            schema = members[part]!.AsObject();
        }

        return schema;
    }
}
