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

    /// <summary>Whether it is this text whatever a record holds.</summary>
    public bool Says(string text) => Array.Exists(templates, template => template is [{ Literal: { } literal }] && literal == text);

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
