namespace DataToEvents.Domain;

/// <summary>Names the stream in which events keep their order (CloudEvents <c>subject</c>, the store's partition key).</summary>
public readonly record struct StreamId
{
    /// <summary>DynamoDB: a partition key is at most 2,048 bytes of UTF-8.</summary>
    public const int MaxBytes = 2_048;

    private readonly string? _value;

    /// <exception cref="ArgumentException">The value is empty, too long, or no CloudEvents String.</exception>
    public StreamId(string value) => _value = IsValid(value)
        ? value
        : throw new ArgumentException($"A stream id has 1 to {MaxBytes} bytes of UTF-8.", nameof(value));

    public string Value => _value ?? throw new InvalidOperationException("This stream id was never given a value.");

    public static bool IsValid(string? value) => CloudEventText.IsKey(value, MaxBytes);

    public override string ToString() => Value;
}
