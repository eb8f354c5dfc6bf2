namespace DataToEvents.Adapters.EventBridge;

/// <summary>Names the bus.</summary>
public sealed partial record EventBridgeOptions
{
    /// <summary>The environment variable that names the bus.</summary>
    public const string Variable = "EVENT_BUS_NAME";

    /// <param name="busName">An event bus's name or ARN.</param>
    /// <exception cref="ArgumentException">No bus can have this name; the message names <see cref="Variable"/>.</exception>
    public EventBridgeOptions(string? busName) =>
        BusName = busName is not null && LegalName().IsMatch(busName)
            ? busName
            : throw new ArgumentException($"{Variable} must be the name or the ARN of an event bus (a-z A-Z 0-9 / . - _), and is \"{busName}\".", nameof(busName));

    public string BusName { get; }

    // EventBridge's own pattern for names of buses, with or without the head of an ARN.
    [GeneratedRegex(@"\A(arn:aws[\w-]*:events:[a-z0-9-]+:\d{12}:event-bus/)?[/.\-_A-Za-z0-9]{1,256}\z")]
    private static partial Regex LegalName();
}
