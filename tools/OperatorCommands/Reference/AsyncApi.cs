using DataToEvents.Application.IntegrationEventEmitter;

namespace DataToEvents.Operator.Reference;

/// <summary>The events on the bus as an AsyncAPI 3.0 document (asyncapi.com/docs/reference/specification/v3.0.0).</summary>
internal static class AsyncApi
{
    public static JsonObject Of(CatalogDocument catalog, Func<EventType, JsonNode?> example)
    {
        var names = catalog.Types.Select(type => type.Name).Append(catalog.Unclassified).Distinct().ToList();
        return new JsonObject
        {
            ["asyncapi"] = "3.0.0",
            ["info"] = new JsonObject
            {
                ["title"] = "DataToEvents",
                ["version"] = "1.0.0",
                ["description"] = $"Events on the bus: EventBridge events with source {IntegrationEvent.Source} and detail-type DataInserted, whose detail is a CloudEvent. Made from the event catalog by `operator reference`.",
            },
            ["defaultContentType"] = "application/cloudevents+json",
            ["channels"] = new JsonObject
            {
                ["bus"] = new JsonObject
                {
                    ["address"] = "data-events-bus",
                    ["description"] = "An EventBridge bus. It keeps no order and may deliver twice: dtesequence orders a stream's events, source and id tell a second copy.",
                    ["messages"] = new JsonObject(names.Select(name => KeyValuePair.Create<string, JsonNode?>(name, Reference($"#/components/messages/{name}")))),
                },
            },
            ["operations"] = new JsonObject
            {
                ["publish"] = new JsonObject
                {
                    ["action"] = "send",
                    ["channel"] = Reference("#/channels/bus"),
                    ["summary"] = "Every event that is stored is published, at least once.",
                    ["messages"] = new JsonArray([.. names.Select(name => Reference($"#/channels/bus/messages/{name}"))]),
                },
            },
            ["components"] = new JsonObject
            {
                ["messages"] = Messages(catalog, example),
                ["schemas"] = new JsonObject([
                    KeyValuePair.Create<string, JsonNode?>("envelope", EnvelopeSchema.Create()),
                    .. catalog.Types.GroupBy(type => type.Name).Select(types => KeyValuePair.Create<string, JsonNode?>(types.Key, Payload([.. types])))]),
            },
        };
    }

    private static JsonObject Messages(CatalogDocument catalog, Func<EventType, JsonNode?> example)
    {
        var messages = new JsonObject();
        foreach (var types in catalog.Types.GroupBy(type => type.Name))
        {
            messages[types.Key] = Message(types.Key, TypeOf(types.First()), $"Stream: {string.Join(" or ", types.Select(type => $"{type.StreamPrefix}KEY, KEY being {type.Stream} of the data"))}.", Reference($"#/components/schemas/{types.Key}"), example(types.First()));
        }

        if (!messages.ContainsKey(catalog.Unclassified))
        {
            messages[catalog.Unclassified] = Message(catalog.Unclassified, new JsonObject { ["const"] = catalog.Unclassified }, "Whatever no entry of the catalog matches: any JSON, other text as a string, bytes as data_base64.", null, null);
        }

        return messages;
    }

    private static JsonObject Message(string name, JsonObject type, string summary, JsonObject? data, JsonNode? example)
    {
        var own = new JsonObject { ["type"] = type };
        if (data is not null)
        {
            own["data"] = data;
        }

        var message = new JsonObject
        {
            ["name"] = name,
            ["summary"] = summary,
            ["payload"] = new JsonObject { ["allOf"] = new JsonArray(Reference("#/components/schemas/envelope"), new JsonObject { ["properties"] = own }) },
        };
        if (example is not null)
        {
            message["examples"] = new JsonArray(new JsonObject { ["payload"] = example });
        }

        return message;
    }

    private static JsonObject TypeOf(EventType type) => type.IsTemplate ? new JsonObject { ["type"] = "string", ["description"] = type.Type } : new JsonObject { ["const"] = type.Type };

    private static JsonObject Payload(IReadOnlyList<EventType> types) =>
        types.Count == 1 ? PayloadSchema.Of(types[0]) : new JsonObject { ["anyOf"] = new JsonArray([.. types.Select(PayloadSchema.Of)]) };

    private static JsonObject Reference(string to) => new() { ["$ref"] = to };
}
