namespace DataToEvents.Adapters.Tests.Wire;

/// <summary>A random source that makes each pause as short as possible.</summary>
internal sealed class NoJitter : Random
{
    public override double NextDouble() => 0;
}
