namespace DataToEvents.Load.Ledger;

/// <summary>
/// The outcome of one event that was sent, or of a record as a whole (<see cref="Event"/> is -1: its events are too many for one answer of
/// the Transformer, so that it is set aside undivided). One line of the ledger.
/// </summary>
public sealed record LedgerEntry
{
    public const int WholeRecord = -1;

    /// <summary>The record's place in the run.</summary>
    [JsonPropertyName("n")]
    public long Record { get; init; }

    /// <summary>The event's place in the record.</summary>
    [JsonPropertyName("e")]
    public int Event { get; init; }

    [JsonPropertyName("s")]
    public string Stream { get; init; } = "";

    /// <summary>Its place among the events of the stream, in the order in which the target accepted them, from 1; 0 when it did not.</summary>
    [JsonPropertyName("p")]
    public long Position { get; init; }

    /// <summary>The event's own id; absent when the path makes one.</summary>
    [JsonPropertyName("i")]
    public string? Id { get; init; }

    [JsonPropertyName("y")]
    public string? Type { get; init; }

    /// <summary>See <see cref="EnvelopeDigest.OfKind"/>; absent in ledgers of earlier builds, which told events under one id apart by their payload alone.</summary>
    [JsonPropertyName("k")]
    public long? Kind { get; init; }

    /// <summary>Digest of the source: an id is unique within it.</summary>
    [JsonPropertyName("o")]
    public long? Source { get; init; }

    /// <summary>See <see cref="EnvelopeDigest.OfContent"/>.</summary>
    [JsonPropertyName("c")]
    public long? Content { get; init; }

    /// <summary>SHA-256 of the payload (of the record, when it is a whole one), base64url.</summary>
    [JsonPropertyName("h")]
    public string Hash { get; init; } = "";

    /// <summary>See <see cref="EnvelopeDigest.OfAttributes"/>.</summary>
    [JsonPropertyName("a")]
    public long Attributes { get; init; }

    /// <summary>Digest of the event's own time.</summary>
    [JsonPropertyName("m")]
    public long? Time { get; init; }

    /// <summary>Bytes of the payload.</summary>
    [JsonPropertyName("b")]
    public int Bytes { get; init; }

    /// <summary>When the call began that was accepted, or the last one that was not: epoch milliseconds.</summary>
    [JsonPropertyName("t")]
    public long SentAt { get; init; }

    /// <summary>The record that this one repeats.</summary>
    [JsonPropertyName("d")]
    public long? DuplicateOf { get; init; }

    /// <summary>The fault that the record has on purpose.</summary>
    [JsonPropertyName("x")]
    public string? Poison { get; init; }

    /// <summary>Earlier calls with it that got no answer: each may have been accepted as well.</summary>
    [JsonPropertyName("u")]
    public int Uncertain { get; init; }

    /// <summary>Why it was not accepted.</summary>
    [JsonPropertyName("r")]
    public string? Refused { get; init; }

    [JsonIgnore]
    public bool IsAccepted => Refused is null;
}

/// <summary>The ledger's first line.</summary>
public sealed record LedgerHead
{
    public const string Format = "datatoevents/1";

    [JsonPropertyName("ledger")]
    public string Ledger { get; init; } = "";

    [JsonPropertyName("seed")]
    public long? Seed { get; init; }

    /// <summary><c>firehose</c>, or <c>sqs</c>: such a run leaves nothing in the lake.</summary>
    [JsonPropertyName("target")]
    public string Target { get; init; } = "";

    [JsonPropertyName("name")]
    public string Name { get; init; } = "";

    [JsonPropertyName("started")]
    public DateTimeOffset Started { get; init; }
}

/// <summary>The ledger's last line; a run that was killed has none.</summary>
public sealed record LedgerEnd
{
    [JsonPropertyName("ended")]
    public DateTimeOffset Ended { get; init; }

    [JsonPropertyName("records")]
    public long Records { get; init; }

    [JsonPropertyName("lines")]
    public long Lines { get; init; }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(LedgerHead))]
[JsonSerializable(typeof(LedgerEntry))]
[JsonSerializable(typeof(LedgerEnd))]
public sealed partial class LedgerJson : JsonSerializerContext;
