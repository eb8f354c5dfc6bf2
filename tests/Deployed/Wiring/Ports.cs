namespace DataToEvents.Deployed.Tests.Wiring;

/// <summary>Finds free ports to listen on.</summary>
internal static class Ports
{
    // Ephemeral ports begin at 32768, so no outgoing connection takes a port below that.
    private const int First = 20_000;
    private const int Last = 32_000;

    public static int Any() => Random.Shared.Next(First, Last);
}
