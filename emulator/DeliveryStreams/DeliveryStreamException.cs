namespace DataToEvents.Emulator.DeliveryStreams;

/// <summary>A call to a delivery stream that failed as a whole, in Firehose's own words.</summary>
/// <param name="code">Firehose's error code, such as <c>InvalidArgumentException</c>.</param>
/// <param name="message">Firehose's message.</param>
public sealed class DeliveryStreamException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;

    internal static DeliveryStreamException InvalidArgument(string message) => new("InvalidArgumentException", message);
}
