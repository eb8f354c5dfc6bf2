using System.Text.Json;

namespace DataToEvents.Emulator.Buses.Patterns;

/// <summary>EventBridge's event pattern: what an event must look like for a rule to take it.</summary>
public sealed class EventPattern
{
    /// <summary>EventBridge: characters of a pattern (facts.md, section 4).</summary>
    private const int MaxLength = 2_048;

    private readonly ObjectPattern _root;

    private EventPattern(ObjectPattern root) => _root = root;

    /// <exception cref="BusException"><c>InvalidEventPatternException</c>; the message names the place.</exception>
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

    /// <summary>Whether any condition lies below that member of the event.</summary>
    public bool LooksAt(string member) => _root.Names(member);

    public bool Matches(JsonElement item) => _root.Matches(item);
}
