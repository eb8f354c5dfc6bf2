namespace DataToEvents.Domain.Catalog;

/// <summary>A text made of a record's members: the first of several templates whose members are all there, and whose text is valid.</summary>
internal sealed class CatalogText(TextPart[][] templates)
{
    /// <returns>Null when no template gives a valid text.</returns>
    public string? Of(in Scanned scanned, Func<string, bool> isValid)
    {
        foreach (var template in templates)
        {
            if (Write(template, scanned) is { } text && isValid(text))
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>The text if it is the same for every record; null if it depends on the record.</summary>
    public string? Always => templates[0] is [{ Literal: { } literal }] ? literal : null;

    /// <summary>Whether one of its templates gives this text for every record.</summary>
    public bool Says(string text) => Array.Exists(templates, template => template is [{ Literal: { } literal }] && literal == text);

    /// <summary>Whether a record could give this text.</summary>
    public bool CanSay(string text) => Array.Exists(templates, template => CanSay(template, text));

    /// <summary>Texts must follow each other with at least a character for each pointer between them.</summary>
    private static bool CanSay(TextPart[] template, string text)
    {
        var (at, pointers) = (0, 0);
        for (var i = 0; i < template.Length; i++)
        {
            if (template[i].Literal is not { } literal)
            {
                pointers++;
                continue;
            }

            // The first possible place leaves most of the text for the parts that follow; the last part has to stand at the end.
            var from = at + pointers;
            var found = from > text.Length ? -1
                : i == template.Length - 1 && pointers > 0 ? (text.EndsWith(literal, StringComparison.Ordinal) ? text.Length - literal.Length : -1)
                : text.IndexOf(literal, from, StringComparison.Ordinal);
            if (found < from || (pointers == 0 && found > at))
            {
                return false;
            }

            (at, pointers) = (found + literal.Length, 0);
        }

        return pointers > 0 ? text.Length - at >= pointers : at == text.Length;
    }

    private static string? Write(TextPart[] template, in Scanned scanned)
    {
        string? text = null;
        foreach (var part in template)
        {
            var value = part.Literal ?? part.Pointer.Key(scanned);
            if (string.IsNullOrEmpty(value))
            {
                return null;
            }

            text = text is null ? value : text + value;
        }

        return text;
    }
}

/// <summary>A piece of a template: a text, or, without one, the string or number at a pointer.</summary>
internal readonly record struct TextPart(string? Literal, CatalogPointer Pointer = default);
