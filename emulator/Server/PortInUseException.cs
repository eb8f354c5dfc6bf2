namespace DataToEvents.Emulator.Server;

/// <summary>A server could not start because another process listens at its port.</summary>
public sealed class PortInUseException : IOException
{
    public PortInUseException()
    {
    }

    public PortInUseException(string message)
        : base(message)
    {
    }

    public PortInUseException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public PortInUseException(int port, Exception innerException)
        : base($"Port {port} is in use by another process.", innerException) => Port = port;

    public int Port { get; }
}
