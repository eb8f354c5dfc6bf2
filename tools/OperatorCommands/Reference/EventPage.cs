namespace DataToEvents.Operator.Reference;

/// <summary>The reference for people: a table of the types, then an example of each type and the pattern to subscribe to it.</summary>
internal static class EventPage
{
    public static string Of(CatalogDocument catalog, Func<EventType, JsonNode?> example)
    {
        var page = new StringBuilder(
            $"""
            # Events

            What the bus carries, made from the event catalog by `operator reference`; [asyncapi.json](asyncapi.json) says the same to tools (AsyncAPI 3.0).
            An event on the bus has the source `datatoevents.insert` and the detail-type `DataInserted`. Its detail is a CloudEvent 1.0; `source` and `id` identify it, and each type has a source of its own (`{catalog.Source}` where no row matches).

            | type | is a record with | stream | id | time |
            |---|---|---|---|---|

            """);
        foreach (var type in catalog.Types)
        {
            page.Append($"| [`{type.Type}`](#{Anchor(type.Type)}) | {Conditions(type)} | `{type.StreamPrefix}` + `{type.Stream}` | {Code(type.Id)} | {Code(type.Time)} |\n");
        }

        page.Append($"| `{catalog.Unclassified}` | anything else | `unclassified-` + a hash of the content | | |\n\n");
        page.Append("The first row that matches wins. Without an id the event gets one made of its arrival and content; without a time, that of its arrival.\nA record that is a CloudEvent already keeps its type, id, source, subject (its stream), time and extensions; without a subject it gets none.\n");
        foreach (var type in catalog.Types.DistinctBy(type => type.Type))
        {
            page.Append($"\n## {type.Type}\n\nSubscribe to it with this pattern in a rule:\n\n```json\n{Pattern(type)}\n```\n");
            if (example(type) is { } envelope)
            {
                page.Append($"\nA detail looks like this:\n\n```json\n{envelope.ToJsonString(ReferenceFiles.Form)}\n```\n");
            }
        }

        return page.ToString();
    }

    private static string Pattern(EventType type)
    {
        JsonNode wanted = type.IsTemplate ? new JsonObject { ["prefix"] = type.Begin } : JsonValue.Create(type.Type)!;
        return new JsonObject { ["source"] = new JsonArray("datatoevents.insert"), ["detail"] = new JsonObject { ["type"] = new JsonArray(wanted) } }.ToJsonString();
    }

    private static string Conditions(EventType type) => string.Join(", ", [
        .. type.Each is { } each ? [$"each element of `{each}`, where"] : (string[])[],
        .. type.Match.Select(Cell),
        .. type.Further ? ["further conditions of the catalog"] : (string[])[]]);

    private static string Cell(MatchCondition condition) => condition.Expected is { } expected ? $"`{condition.Pointer}` = `{expected.ToJsonString()}`" : $"`{condition.Pointer}`";

    private static string Code(ValueSource? pointer) => pointer is null ? "" : $"`{pointer}`";

    private static string Anchor(string heading) => heading.Replace(".", "", StringComparison.Ordinal);
}
