using DataToEvents.Domain.Json;

namespace DataToEvents.Domain.Catalog;

/// <summary>A condition of an entry. The entry takes a record only if it holds.</summary>
internal abstract class CatalogCondition
{
    public abstract bool Holds(JsonScan scan);
}

/// <summary>All of the conditions hold.</summary>
internal sealed class AllOf(CatalogCondition[] conditions) : CatalogCondition
{
    public override bool Holds(JsonScan scan)
    {
        foreach (var condition in conditions)
        {
            if (!condition.Holds(scan))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>At least one of the conditions holds.</summary>
internal sealed class AnyOf(CatalogCondition[] conditions) : CatalogCondition
{
    public override bool Holds(JsonScan scan)
    {
        foreach (var condition in conditions)
        {
            if (condition.Holds(scan))
            {
                return true;
            }
        }

        return false;
    }
}

internal sealed class Negation(CatalogCondition condition) : CatalogCondition
{
    public override bool Holds(JsonScan scan) => !condition.Holds(scan);
}

/// <summary>The record has a value at the pointer. Any value will do.</summary>
internal sealed class Exists(int pointer) : CatalogCondition
{
    public override bool Holds(JsonScan scan) => scan[pointer].Exists;
}

/// <summary>The value at the pointer is one of these.</summary>
internal sealed class OneOf(int pointer, CatalogScalar[] values) : CatalogCondition
{
    public override bool Holds(JsonScan scan)
    {
        var found = scan[pointer];
        foreach (var value in values)
        {
            if (found.Type == value.Type && (value.Text is null || found.IsKey(scan.Text.Span, value.Text)))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>A scalar in a catalog. It is compared by its text; null for true, false and null, which are compared by type.</summary>
internal readonly record struct CatalogScalar(JsonTokenType Type, string? Text);

/// <summary>The value at the pointer is a string that begins so.</summary>
internal sealed class Prefix(int pointer, string prefix) : CatalogCondition
{
    private readonly byte[] _utf8 = Encoding.UTF8.GetBytes(prefix);

    public override bool Holds(JsonScan scan)
    {
        var found = scan[pointer];
        if (found.Type != JsonTokenType.String)
        {
            return false;
        }

        var written = found.Raw(scan.Text.Span)[1..^1];
        return written.Contains((byte)'\\') ? found.Text(scan.Text.Span)?.StartsWith(prefix, StringComparison.Ordinal) == true : written.StartsWith(_utf8);
    }
}

/// <summary>The value at the pointer is of this kind: the two tokens are the same but for true and false.</summary>
internal sealed class Kind(int pointer, JsonTokenType type, JsonTokenType orType) : CatalogCondition
{
    public override bool Holds(JsonScan scan) => scan[pointer].Type is var found && (found == type || found == orType);
}
