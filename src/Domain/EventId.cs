namespace DataToEvents.Domain;

/// <summary>Names an event among those of its source (CloudEvents <c>id</c>). See <see cref="EventKey"/> for both in one.</summary>
public readonly record struct EventId
{
    /// <summary>The length that DynamoDB takes in a sort key, in bytes of UTF-8.</summary>
    public const int MaxBytes = 1_024;

    private readonly string? _value;

    /// <exception cref="ArgumentException">The value is empty, too long, or no CloudEvents String.</exception>
    public EventId(string value) => _value = IsValid(value)
        ? value
        : throw new ArgumentException($"An event id has 1 to {MaxBytes} bytes of UTF-8.", nameof(value));

    public string Value => _value ?? throw new InvalidOperationException("This event id was never given a value.");

    public static bool IsValid(string? value) => CloudEventText.IsKey(value, MaxBytes);

    public override string ToString() => Value;
}
