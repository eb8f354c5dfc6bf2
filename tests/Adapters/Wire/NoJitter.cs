namespace DataToEvents.Adapters.Tests.Wire;

/// <summary>Pauses of no length.</summary>
internal sealed class NoJitter : Random
{
    public override double NextDouble() => 0;
}
