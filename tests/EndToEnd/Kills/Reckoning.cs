namespace DataToEvents.EndToEnd.Tests.Kills;

/// <summary>What the kills came to.</summary>
internal sealed record Reckoning
{
    public int Kills { get; init; }

    /// <summary>Events that a client was told are taken.</summary>
    public long Acknowledged { get; init; }

    /// <summary>Of them, and of all that is in the lake, what did not come to the end of the path.</summary>
    public long Lost { get; init; }

    /// <summary>What is in the store or the consumer's view more than once; in the lake too, unless a client put it again.</summary>
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
