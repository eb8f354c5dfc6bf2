namespace DataToEvents.Deployed.Tests.Promises;

/// <summary>A record that is put into the delivery stream, and its expected outcome.</summary>
/// <param name="Bytes">The bytes that the producer sends.</param>
/// <param name="Payloads">The payloads of its events, in order.</param>
internal sealed record FedRecord(byte[] Bytes, IReadOnlyList<byte[]> Payloads)
{
    /// <summary>False: the Transformer has to refuse it, and Firehose sets it aside.</summary>
    public bool IsTransformed { get; init; } = true;

    /// <summary>False: it reaches the lake, and is not stored again: its events were stored before, or conflict with one that was.</summary>
    public bool IsNew { get; init; } = true;

    public static FedRecord Of(byte[] payload) => new(payload, [payload]);

    public static FedRecord Of(string payload) => Of(Encoding.UTF8.GetBytes(payload));
}
