namespace DataToEvents.Emulator.Http.DynamoDb.Expressions;

/// <summary>One step into a document: the name of a map's member, or (when there is no name) the index of a list's element.</summary>
internal readonly record struct PathStep(string? Name, int Index);

/// <summary>An attribute, or a part of it: <c>orders[2].price</c>.</summary>
internal sealed class DocumentPath(string root, IReadOnlyList<PathStep> steps)
{
    /// <summary>The attribute's name.</summary>
    public string Root => root;

    public IReadOnlyList<PathStep> Steps => steps;

    /// <exception cref="AwsException">There is no path at the lexer.</exception>
    public static DocumentPath Read(Lexer lexer, Scope scope)
    {
        var root = scope.Name(lexer);
        var steps = new List<PathStep>();
        while (true)
        {
            if (lexer.Take("."))
            {
                steps.Add(new PathStep(scope.Name(lexer), 0));
            }
            else if (lexer.Take("["))
            {
                steps.Add(int.TryParse(lexer.Current, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? new PathStep(null, index) : throw lexer.Error());
                lexer.Take();
                lexer.Expect("]");
            }
            else
            {
                lexer.Roots.Add(root);
                return new DocumentPath(root, steps);
            }
        }
    }

    /// <exception cref="AwsException">One of the paths leads to another one or into it.</exception>
    public static void ThrowIfOverlapping(Lexer lexer, IReadOnlyList<DocumentPath> paths)
    {
        for (var i = 1; i < paths.Count; i++)
        {
            for (var before = 0; before < i; before++)
            {
                if (paths[before].Overlaps(paths[i]))
                {
                    throw lexer.Invalid(
                        $"Two document paths overlap with each other; must remove or rewrite one of these paths; path one: {paths[before]}, path two: {paths[i]}");
                }
            }
        }
    }

    /// <summary>The value there; null when there is none.</summary>
    public JsonElement? In(Attributes item)
    {
        var value = item(root);
        foreach (var step in steps)
        {
            value = value is { } at ? Child(at, step) : null;
        }

        return value;
    }

    public bool IsSameAs(DocumentPath other) => root == other.Root && steps.SequenceEqual(other.Steps);

    /// <summary>As in DynamoDB's messages: <c>[orders, [2], price]</c>.</summary>
    public override string ToString() => $"[{string.Join(", ", steps.Select(static step => step.Name ?? $"[{step.Index}]").Prepend(root))}]";

    private static JsonElement? Child(JsonElement at, PathStep step)
    {
        var (type, value) = AttributeValues.Open(at);
        return (type, step.Name) switch
        {
            ("M", not null) => value.TryGetProperty(step.Name!, out var member) ? member : null,
            ("L", null) => step.Index < value.GetArrayLength() ? value[step.Index] : null,
            _ => null,
        };
    }

    private bool Overlaps(DocumentPath other) =>
        root == other.Root && steps.Take(other.Steps.Count).SequenceEqual(other.Steps.Take(steps.Count));
}
