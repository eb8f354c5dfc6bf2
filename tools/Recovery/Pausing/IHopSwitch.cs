namespace DataToEvents.Recovery.Pausing;

/// <summary>Pauses a hop and lets it go on.</summary>
internal interface IHopSwitch
{
    /// <summary>What is switched, for people.</summary>
    string What { get; }

    /// <summary>What happens to events while the hop is paused.</summary>
    string Meanwhile { get; }

    Task<bool> IsPausedAsync(CancellationToken cancellationToken);

    /// <returns>What the user has to know for the resume; null: nothing.</returns>
    Task<string?> PauseAsync(CancellationToken cancellationToken);

    /// <param name="reserved">Invocations at once that are to be reserved for a function; null: none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task ResumeAsync(int? reserved, CancellationToken cancellationToken);
}
