using Amazon.Lambda.KinesisFirehoseEvents;

namespace DataToEvents.Functions.Transformer;

/// <summary>Firehose's event with its records' data decoded; the arena holds that data, and all that becomes of it.</summary>
public sealed class DecodedEvent(ByteArena arena) : KinesisFirehoseEvent
{
    public ByteArena Arena => arena;
}

/// <summary>A record that is bytes instead of base64 text.</summary>
public sealed class DecodedRecord : KinesisFirehoseEvent.FirehoseRecord
{
    /// <summary>Null when the record came without data.</summary>
    public ReadOnlyMemory<byte>? Data { get; set; }
}

/// <summary>The answer to a <see cref="DecodedEvent"/>. Once it is written, its arena goes back to the pool.</summary>
public sealed class DecodedResponse(ByteArena arena) : KinesisFirehoseResponse
{
    public ByteArena Arena => arena;
}

/// <summary>A record of an answer. It is encoded as base64 while it is written.</summary>
public sealed class DecodedResponseRecord : KinesisFirehoseResponse.FirehoseRecord
{
    /// <summary>Null writes no data.</summary>
    public ReadOnlyMemory<byte>? Data { get; init; }
}
