namespace DataToEvents.Emulator.Buses;

/// <summary>A call that EventBridge would refuse as a whole, with EventBridge's error code and message.</summary>
public sealed class BusException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
