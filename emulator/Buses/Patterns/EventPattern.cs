namespace DataToEvents.Emulator.Buses.Patterns;

/// <summary>EventBridge's event pattern, which decides whether a rule takes an event.</summary>
public sealed class EventPattern
{
    /// <summary>Characters of a pattern. Source: Amazon EventBridge User Guide, "Amazon EventBridge quotas".</summary>
    private const int MaxLength = 2_048;

    private readonly ObjectPattern _root;

    private EventPattern(ObjectPattern root) => _root = root;

    /// <exception cref="ServiceException"><c>InvalidEventPatternException</c>; the message names the place.</exception>
    public static EventPattern Parse(string json)
    {
        if (json.Length > MaxLength)
        {
            throw PatternReader.Wrong("$", $"at most {MaxLength} characters");
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            return new EventPattern(PatternReader.Object(document.RootElement, "$"));
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw PatternReader.Wrong("$", $"JSON ({fault.Message})");
        }
    }

    /// <summary>Whether the pattern has a condition on that member of the event or below it.</summary>
    public bool LooksAt(string member) => _root.Names(member);

    public bool Matches(JsonElement item) => _root.Matches(new EventPlace(item));
}
