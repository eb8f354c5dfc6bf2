namespace DataToEvents.Emulator.Lambda;

/// <summary>The services that a host gives to its functions.</summary>
/// <param name="Clock">Measures timeouts.</param>
/// <param name="Random">Draws request and trace ids; used under a lock of its own.</param>
/// <param name="Log">Takes the lines that functions log. Null: nobody reads them, and they are not formatted.</param>
public sealed record FunctionHost(TimeProvider Clock, Random Random, IFunctionLog? Log)
{
    internal InvocationIds Ids { get; } = new(Random);
}
