namespace DataToEvents.Emulator.Server;

/// <summary>A server could not start because another process listens at its port.</summary>
/// <param name="port">The port.</param>
/// <param name="fault">Kestrel's exception.</param>
public sealed class PortInUseException(int port, Exception fault) : IOException($"Port {port} is in use by another process.", fault)
{
    public int Port { get; } = port;
}
