namespace DataToEvents.Domain;

/// <summary>Names an event within its stream (CloudEvents <c>id</c>, the store's sort key).</summary>
public readonly record struct EventId
{
    /// <summary>DynamoDB: a sort key is at most 1,024 bytes of UTF-8.</summary>
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
