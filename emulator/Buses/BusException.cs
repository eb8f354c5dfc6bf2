namespace DataToEvents.Emulator.Buses;

/// <summary>EventBridge would refuse the call as a whole: its error code and words.</summary>
public sealed class BusException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
