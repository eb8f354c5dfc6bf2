using DataToEvents.Domain.Json;

namespace DataToEvents.Domain.Catalog;

/// <summary>Reads what a catalog's entry asks of a record.</summary>
internal sealed class ConditionReader(JsonPointerSet pointers)
{
    private static readonly (string, (JsonTokenType, JsonTokenType))[] Kinds =
    [
        ("object", (JsonTokenType.StartObject, JsonTokenType.StartObject)), ("array", (JsonTokenType.StartArray, JsonTokenType.StartArray)),
        ("string", (JsonTokenType.String, JsonTokenType.String)), ("number", (JsonTokenType.Number, JsonTokenType.Number)),
        ("boolean", (JsonTokenType.True, JsonTokenType.False)), ("null", (JsonTokenType.Null, JsonTokenType.Null)),
    ];

    /// <summary>One condition, or several that must all hold.</summary>
    public CatalogCondition All(CatalogNode node) => AllOf(node.IsObject ? [node] : node.Several("condition"));

    public int Pointer(CatalogNode node) => Pointer(node, node.Text(allowEmpty: true));

    /// <param name="node">Its place in the catalog, for the error message.</param>
    /// <param name="pointer">The pointer's text.</param>
    public int Pointer(CatalogNode node, string pointer)
    {
        try
        {
            return pointers.Add(pointer);
        }
        catch (FormatException fault)
        {
            throw node.Wrong($"a JSON pointer; {fault.Message.TrimEnd('.')}");
        }
    }

    private CatalogCondition AllOf(CatalogNode[] nodes) => nodes.Length == 1 ? Condition(nodes[0]) : new AllOf(Array.ConvertAll(nodes, Condition));

    private CatalogCondition Condition(CatalogNode node)
    {
        foreach (var name in new[] { "all", "any", "not" })
        {
            if (node.IsObject && node.Optional(name) is { } inner)
            {
                node.AllowOnly(name);
                return name switch
                {
                    "all" => AllOf(inner.Several("condition")),
                    "any" => new AnyOf(Array.ConvertAll(inner.Several("condition"), Condition)),
                    _ => new Negation(Condition(inner)),
                };
            }
        }

        node.AllowOnly("pointer", "exists", "equals", "in", "prefix", "type", "all", "any", "not");
        var pointer = Pointer(node.Required("pointer"));
        CatalogCondition[] tests =
        [
            .. node.Optional("exists") is { } exists ? [exists.Truth() ? new Exists(pointer) : new Negation(new Exists(pointer))] : (CatalogCondition[])[],
            .. node.Optional("equals") is { } equals ? [new OneOf(pointer, [equals.Scalar()])] : (CatalogCondition[])[],
            .. node.Optional("in") is { } values ? [new OneOf(pointer, Array.ConvertAll(values.Several("value"), value => value.Scalar()))] : (CatalogCondition[])[],
            .. node.Optional("prefix") is { } prefix ? [new Prefix(pointer, prefix.Text())] : (CatalogCondition[])[],
            .. node.Optional("type") is { } type ? [KindOf(pointer, type)] : (CatalogCondition[])[],
        ];
        return tests.Length switch
        {
            0 => new Exists(pointer),
            1 => tests[0],
            _ => new AllOf(tests),
        };
    }

    private static Kind KindOf(int pointer, CatalogNode node)
    {
        var (type, orType) = node.Choice(Kinds);
        return new Kind(pointer, type, orType);
    }
}
