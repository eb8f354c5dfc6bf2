namespace DataToEvents.Deployed.Tests.Wiring;

/// <summary>Ports to listen on.</summary>
internal static class Ports
{
    // Ephemeral ports begin at 32768: one below it cannot be taken by somebody's outgoing connection.
    private const int First = 20_000;
    private const int Last = 32_000;

    public static int Any() => Random.Shared.Next(First, Last);
}
