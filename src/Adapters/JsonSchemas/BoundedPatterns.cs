using Json.Schema.Keywords;

namespace DataToEvents.Adapters.JsonSchemas;

/// <summary><c>pattern</c>, in time that is bounded by the text's length.</summary>
internal sealed class BoundedPattern : PatternKeyword
{
    public override object? ValidateKeywordValue(JsonElement value) => base.ValidateKeywordValue(value) is Regex pattern ? BoundedRegex.Of(pattern.ToString()) : null;
}

/// <summary><c>patternProperties</c>, in time that is bounded by the names' length.</summary>
internal sealed class BoundedPatternProperties : PatternPropertiesKeyword
{
    public override object? ValidateKeywordValue(JsonElement value) =>
        (base.ValidateKeywordValue(value) as Dictionary<string, Regex>)?.ToDictionary(static pattern => pattern.Key, static pattern => BoundedRegex.Of(pattern.Key));
}
