namespace DataToEvents.Emulator.Http.Query;

/// <summary>The form of a request, as JSON.</summary>
internal static class QueryForm
{
    /// <param name="operation">The operation.</param>
    /// <param name="parameters">Names such as <c>Entry.1.Id</c>, and values.</param>
    /// <param name="forms">Which of them are lists, maps and numbers.</param>
    /// <exception cref="AwsException">A list is not numbered, or a number is not valid.</exception>
    public static JsonObject ToJson(string operation, IEnumerable<KeyValuePair<string, string>> parameters, QueryForms forms)
    {
        var root = new FormNode();
        foreach (var (name, value) in parameters)
        {
            name.Split('.').Aggregate(root, static (node, part) => node.Child(part)).Value = value;
        }

        return Object(root, forms, operation);
    }

    private static JsonObject Object(FormNode node, QueryForms forms, string? operation = null)
    {
        var json = new JsonObject();
        foreach (var (name, child) in node.Children)
        {
            var list = forms.Lists.GetValueOrDefault($"{operation}/{name}") ?? forms.Lists.GetValueOrDefault(name);
            json[list?.Name ?? name] = list is null ? Value(name, child, forms) : List(name, list, child, forms);
        }

        return json;
    }

    private static JsonNode? Value(string name, FormNode node, QueryForms forms)
    {
        if (node.Children.Count > 0)
        {
            return Object(node, forms);
        }

        return !forms.Numbers.Contains(name) ? node.Value
            : int.TryParse(node.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
            : throw new AwsException(new AwsError(400, "InvalidParameterValue", $"Value {node.Value} for parameter {name} is invalid. Reason: Must be an integer."));
    }

    private static JsonNode List(string name, QueryList list, FormNode node, QueryForms forms)
    {
        var items = node.Children.OrderBy(item => Index(name, item.Key)).Select(static item => item.Value).ToList();
        if (list.Key is null)
        {
            return new JsonArray([.. items.Select(item => Value(name, item, forms))]);
        }

        var map = new JsonObject();
        foreach (var item in items)
        {
            map[item.Child(list.Key).Value ?? ""] = Value(list.Value, item.Child(list.Value), forms) ?? "";
        }

        return map;
    }

    private static int Index(string name, string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
        ? index
        : throw new AwsException(new AwsError(400, "MalformedInput", $"{name}.{text} is not an entry of a list: {name}.1 is."));

    private sealed class FormNode
    {
        public Dictionary<string, FormNode> Children { get; } = [];

        public string? Value { get; set; }

        public FormNode Child(string name)
        {
            if (!Children.TryGetValue(name, out var child))
            {
                Children.Add(name, child = new FormNode());
            }

            return child;
        }
    }
}
