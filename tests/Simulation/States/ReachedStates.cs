using DataToEvents.Simulation.Machine;

namespace DataToEvents.Simulation.States;

/// <summary>The states that a run was in.</summary>
internal sealed class ReachedStates(Trace trace)
{
    private readonly HashSet<State> _states = [];
    private readonly Dictionary<string, string> _latest = [];

    public IReadOnlySet<State> All => _states;

    public void Add(State state)
    {
        if (_states.Add(state))
        {
            trace.Say("State", $"+++ {state}");
        }
    }

    /// <summary>The consumer has got an event.</summary>
    /// <param name="stream">The event's stream.</param>
    /// <param name="sequence">Its place in the stream: digits.</param>
    /// <param name="isNew">False: the consumer had it already.</param>
    public void Delivered(string stream, string sequence, bool isNew)
    {
        var place = sequence.PadLeft(40, '0');
        var latest = _latest.GetValueOrDefault(stream, "");
        AddIf(!isNew, State.ConsumerRecognisesCopy);
        AddIf(isNew && string.CompareOrdinal(latest, place) > 0, State.OlderAfterNewer);
        _latest[stream] = string.CompareOrdinal(latest, place) > 0 ? latest : place;
    }

    public void AddIf(bool isReached, State state)
    {
        if (isReached)
        {
            Add(state);
        }
    }
}
