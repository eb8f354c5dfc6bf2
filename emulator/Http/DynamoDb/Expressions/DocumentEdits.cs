namespace DataToEvents.Emulator.Http.DynamoDb.Expressions;

/// <summary>Changes the part of an item that a path leads to.</summary>
internal static class DocumentEdits
{
    /// <summary>Sets a value. An index after a list's end appends to the list.</summary>
    /// <exception cref="AwsException">There is no map, or no list, that could hold the value.</exception>
    public static void Set(JsonObject item, DocumentPath path, JsonObject value)
    {
        switch (Holder(item, path))
        {
            case JsonObject members:
                members[path.Steps.Count == 0 ? path.Root : path.Steps[^1].Name!] = value;
                break;
            case JsonArray elements when path.Steps[^1].Index < elements.Count:
                elements[path.Steps[^1].Index] = value;
                break;
            case JsonArray elements:
                elements.Add((JsonNode)value);
                break;
        }
    }

    /// <summary>Removes a value if it is there.</summary>
    /// <exception cref="AwsException">There is no map, or no list, that could hold the value.</exception>
    public static void Remove(JsonObject item, DocumentPath path)
    {
        switch (Holder(item, path))
        {
            case JsonObject members:
                members.Remove(path.Steps.Count == 0 ? path.Root : path.Steps[^1].Name!);
                break;
            case JsonArray elements when path.Steps[^1].Index < elements.Count:
                elements.RemoveAt(path.Steps[^1].Index);
                break;
        }
    }

    private static JsonNode Holder(JsonObject item, DocumentPath path)
    {
        JsonNode? holder = item;
        var value = path.Steps.Count == 0 ? null : item[path.Root];
        for (var i = 0; i < path.Steps.Count; i++)
        {
            var step = path.Steps[i];
            holder = step.Name is null ? value?["L"] : value?["M"];
            value = i == path.Steps.Count - 1 ? null
                : holder is JsonArray list ? step.Index < list.Count ? list[step.Index] : null
                : holder?[step.Name!];
        }

        return holder ?? throw new AwsException("ValidationException", "The document path provided in the update expression is invalid for update");
    }
}
