namespace DataToEvents.Emulator.Lambda;

/// <summary>What functions share with the host that runs them. One for all functions that share a <paramref name="Random"/>.</summary>
/// <param name="Clock">Measures timeouts.</param>
/// <param name="Random">Draws request and trace ids; used under a lock of this host.</param>
/// <param name="Log">Takes what functions log.</param>
public sealed record FunctionHost(TimeProvider Clock, Random Random, IFunctionLog Log)
{
    internal InvocationIds Ids { get; } = new(Random);
}
