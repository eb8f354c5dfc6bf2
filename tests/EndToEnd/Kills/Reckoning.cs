namespace DataToEvents.EndToEnd.Tests.Kills;

/// <summary>The result of a kill campaign.</summary>
internal sealed record Reckoning
{
    public int Kills { get; init; }

    /// <summary>The events that were acknowledged.</summary>
    public long Acknowledged { get; init; }

    /// <summary>Acknowledged events, and events in the lake, that did not reach the end of the path.</summary>
    public long Lost { get; init; }

    /// <summary>Events that the store or the consumer's view has more than once; and in the lake, if no client put them again.</summary>
    public long Doubled { get; init; }

    public bool IsClean => (Lost, Doubled) == (0, 0);

    public static Reckoning operator +(Reckoning left, Reckoning right) => new()
    {
        Kills = left.Kills + right.Kills,
        Acknowledged = left.Acknowledged + right.Acknowledged,
        Lost = left.Lost + right.Lost,
        Doubled = left.Doubled + right.Doubled,
    };

    public override string ToString() => $"{Kills:N0} kills, {Acknowledged:N0} events acknowledged, {Lost:N0} lost, {Doubled:N0} doubled";
}
