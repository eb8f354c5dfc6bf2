namespace DataToEvents.Domain.Catalog;

/// <summary>Reads where a catalog's entry finds type, stream, sequence, id and time: pointers, templates of several, and lists of which the first counts.</summary>
/// <param name="conditions">Knows the pointers.</param>
/// <param name="isOfElements">Whether the entry makes an event of each element, so that a pointer may be one of the record around.</param>
internal sealed class ValueReader(ConditionReader conditions, bool isOfElements)
{
    private const string ParentMark = "parent:";

    private static readonly (string, TimeUnit)[] Units =
    [
        ("auto", TimeUnit.Auto), ("s", TimeUnit.Seconds), ("ms", TimeUnit.Milliseconds), ("us", TimeUnit.Microseconds), ("ns", TimeUnit.Nanoseconds),
    ];

    /// <summary>A type is a text or a template.</summary>
    public CatalogText Type(CatalogNode node) => new([.. node.OneOrSeveral("type").Select(template => Template(template, template.Attribute()))]);

    /// <summary>A stream, a sequence or an id is a pointer or a template.</summary>
    public CatalogText Key(CatalogNode node, string? prefix = null)
    {
        TextPart[] before = prefix is null ? [] : [new TextPart(prefix)];
        return new CatalogText([.. node.OneOrSeveral("pointer").Select(key => (TextPart[])[.. before, .. KeyParts(key)])]);
    }

    public CatalogTime Time(CatalogNode node)
    {
        if (!node.IsObject)
        {
            return new CatalogTime(Pointers(node), TimeUnit.Auto, null, null);
        }

        node.AllowOnly("pointer", "unit", "offset", "base");
        return new CatalogTime(
            Pointers(node.Required("pointer")),
            node.Optional("unit")?.Choice(Units) ?? TimeUnit.Auto,
            node.Optional("offset") is { } offset ? Offset(offset) : null,
            node.Optional("base") is { } origin ? Pointer(origin) : null);
    }

    private static string Offset(CatalogNode node) =>
        node.Text() is var offset && Timestamp.IsValid($"2000-01-01T00:00:00{offset}") && offset[0] is 'Z' or '+' or '-' ? offset : throw node.Wrong("Z, or hours and minutes as in +01:00");

    private CatalogPointer[] Pointers(CatalogNode node) => Array.ConvertAll(node.OneOrSeveral("pointer"), Pointer);

    private CatalogPointer Pointer(CatalogNode node) => Pointer(node, node.Text(allowEmpty: true));

    private CatalogPointer Pointer(CatalogNode node, string text)
    {
        var isOfParent = text.StartsWith(ParentMark, StringComparison.Ordinal);
        return isOfParent && !isOfElements
            ? throw node.Wrong($"no \"{ParentMark}\" in an entry without each")
            : new CatalogPointer(conditions.Pointer(node, isOfParent ? text[ParentMark.Length..] : text), isOfParent);
    }

    private TextPart[] KeyParts(CatalogNode node)
    {
        var text = node.Text(allowEmpty: true);
        return text.Contains("{/", StringComparison.Ordinal) || text.Contains($"{{{ParentMark}", StringComparison.Ordinal)
            ? Template(node, text)
            : [new TextPart(null, Pointer(node, text))];
    }

    /// <summary>Text with pointers in braces; two braces stand for one.</summary>
    private TextPart[] Template(CatalogNode node, string text)
    {
        var parts = new List<TextPart>();
        var literal = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('{' or '}'))
            {
                literal.Append(text[i]);
            }
            else if (i + 1 < text.Length && text[i + 1] == text[i])
            {
                literal.Append(text[i++]);
            }
            else
            {
                var end = text[i] == '{' ? text.IndexOf('}', i) : -1;
                if (end < 0)
                {
                    throw node.Wrong("a template with a pointer between { and }; {{ and }} stand for braces");
                }

                EndLiteral(parts, literal);
                parts.Add(new TextPart(null, Pointer(node, text[(i + 1)..end])));
                i = end;
            }
        }

        EndLiteral(parts, literal);
        return [.. parts];
    }

    private static void EndLiteral(List<TextPart> parts, StringBuilder literal)
    {
        if (literal.Length > 0)
        {
            parts.Add(new TextPart(literal.ToString()));
            literal.Clear();
        }
    }
}
