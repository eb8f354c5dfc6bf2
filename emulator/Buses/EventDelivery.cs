namespace DataToEvents.Emulator.Buses;

/// <summary>One event of a row on its way to one target.</summary>
/// <param name="rule">The rule that it matched.</param>
/// <param name="place">The event's place in its row.</param>
internal sealed class EventDelivery(Rule rule, int place)
{
    /// <summary>Set once the target has been given up: only the dead-letter queue is tried from then on.</summary>
    private Dictionary<string, string>? _letter;

    public int Place => place;

    public TimeSpan PauseAfter(int attempts) => rule.PauseAfter(attempts);

    /// <summary>True when the event is settled: its target took it, or its dead-letter queue did.</summary>
    public async Task<bool> TryAsync(PublishedEvent item, int attempts, DateTimeOffset since, Action<ReadOnlyMemory<byte>>? delivered, CancellationToken cancellationToken)
    {
        if (_letter is null)
        {
            var error = await rule.TryAsync(item, cancellationToken);
            if (error is null)
            {
                delivered?.Invoke(item.Detail);
                return true;
            }

            _letter = rule.GiveUp(error, attempts, since);
        }

        return _letter is not null && await rule.TryBuryAsync(item, _letter, cancellationToken);
    }
}
