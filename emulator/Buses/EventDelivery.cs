namespace DataToEvents.Emulator.Buses;

/// <summary>One event of a row on its way to one target.</summary>
/// <param name="rule">The rule that the event matches.</param>
/// <param name="index">Which event of its row it is.</param>
internal sealed class EventDelivery(Rule rule, int index)
{
    /// <summary>The attributes of the dead letter. Once they are set, the target gets no more attempts: only the dead-letter queue is tried.</summary>
    private Dictionary<string, string>? _deadLetter;

    public int Index => index;

    public TimeSpan PauseAfter(int attempts) => rule.PauseAfter(attempts);

    /// <returns>True when the target took the event, or its dead-letter queue did.</returns>
    public async Task<bool> TryAsync(PublishedEvent item, int attempts, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (_deadLetter is null)
        {
            var error = await rule.TryAsync(item, since, cancellationToken);
            if (error is null)
            {
                return true;
            }

            _deadLetter = rule.GiveUp(error, attempts, since);
        }

        return _deadLetter is not null && await rule.TryBuryAsync(item, _deadLetter, cancellationToken);
    }
}
