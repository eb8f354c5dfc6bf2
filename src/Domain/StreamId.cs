namespace DataToEvents.Domain;

/// <summary>Names the stream in which events keep their order (CloudEvents <c>subject</c>, the store's partition key).</summary>
public readonly record struct StreamId
{
    /// <summary>DynamoDB: a partition key is at most 2,048 bytes of UTF-8.</summary>
    public const int MaxBytes = 2_048;

    /// <summary>
    /// Streams that share the events without a subject. The number is no setting: whoever reads such an event has to find the same stream, and so has a copy
    /// that is sent a year later.
    /// </summary>
    private const uint Shares = 1_000;

    private readonly string? _value;

    /// <exception cref="ArgumentException">The value is empty, too long, or no CloudEvents String.</exception>
    public StreamId(string value) => _value = IsValid(value)
        ? value
        : throw new ArgumentException($"A stream id has 1 to {MaxBytes} bytes of UTF-8.", nameof(value));

    public string Value => _value ?? throw new InvalidOperationException("This stream id was never given a value.");

    public static bool IsValid(string? value) => CloudEventText.IsKey(value, MaxBytes);

    /// <summary>The stream of a CloudEvent without a subject. It follows from id and source alone, so that an event that is sent again meets its first copy.</summary>
    public static StreamId WithoutSubject(EventId id, string source)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(EventKey.Of(id, source)));
        return new StreamId($"no-subject-{BinaryPrimitives.ReadUInt32BigEndian(hash) % Shares}");
    }

    public override string ToString() => Value;
}
