namespace DataToEvents.Emulator.Http.DynamoDb.Expressions;

/// <summary>The parts of an item that a request asks for.</summary>
internal sealed class Projection
{
    private readonly Part _whole = new();

    public Projection(IEnumerable<DocumentPath> paths)
    {
        foreach (var path in paths)
        {
            var part = _whole.Member(path.Root);
            foreach (var step in path.Steps)
            {
                part = step.Name is null ? part.Element(step.Index) : part.Member(step.Name);
            }
        }
    }

    /// <exception cref="AwsException">The expression is not valid.</exception>
    public static Projection Parse(Lexer lexer, Scope scope)
    {
        var paths = new List<DocumentPath>();
        do
        {
            paths.Add(DocumentPath.Read(lexer, scope));
        }
        while (lexer.Take(","));
        lexer.ExpectEnd();
        DocumentPath.ThrowIfOverlapping(lexer, paths);
        return new Projection(paths);
    }

    /// <summary>The parts of the item that are there, each inside of the maps and lists that it is in. A list has its chosen elements only.</summary>
    public JsonObject Of(IEnumerable<KeyValuePair<string, JsonElement>> item)
    {
        var chosen = new JsonObject();
        foreach (var (name, value) in item)
        {
            if (_whole.Members.TryGetValue(name, out var part) && part.Of(value) is { } found)
            {
                chosen[name] = found;
            }
        }

        return chosen;
    }

    private sealed class Part
    {
        public Dictionary<string, Part> Members { get; } = [];

        private SortedDictionary<int, Part> Elements { get; } = [];

        public Part Member(string name) => Members.TryGetValue(name, out var part) ? part : Members[name] = new Part();

        public Part Element(int index) => Elements.TryGetValue(index, out var part) ? part : Elements[index] = new Part();

        /// <returns>Null when nothing of the value is chosen.</returns>
        public JsonObject? Of(JsonElement value)
        {
            if (Members.Count == 0 && Elements.Count == 0)
            {
                return JsonObject.Create(value);
            }

            var (type, inner) = AttributeValues.Open(value);
            JsonNode? chosen = type switch
            {
                "M" => OfMap(inner),
                "L" => OfList(inner),
                _ => null,
            };
            return chosen is null ? null : new JsonObject { [type] = chosen };
        }

        private JsonObject? OfMap(JsonElement map)
        {
            var chosen = new JsonObject();
            foreach (var member in map.EnumerateObject())
            {
                if (Members.TryGetValue(member.Name, out var part) && part.Of(member.Value) is { } found)
                {
                    chosen[member.Name] = found;
                }
            }

            return chosen.Count == 0 ? null : chosen;
        }

        private JsonArray? OfList(JsonElement list)
        {
            var chosen = Elements.TakeWhile(element => element.Key < list.GetArrayLength()).Select(element => element.Value.Of(list[element.Key])).OfType<JsonNode>();
            var elements = new JsonArray([.. chosen]);
            return elements.Count == 0 ? null : elements;
        }
    }
}
