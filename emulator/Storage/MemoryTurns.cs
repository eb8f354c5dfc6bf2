namespace DataToEvents.Emulator.Storage;

/// <summary>The writer of a database in memory: units of work that come in one turn of a context are committed together in a later one.</summary>
internal sealed class MemoryTurns(SynchronizationContext context)
{
    private List<IUnitOfWork> _waiting = [];
    private bool _leftBehind;

    public void Add(IUnitOfWork unit, Action<List<IUnitOfWork>> commit)
    {
        if (_leftBehind)
        {
            return;
        }

        _waiting.Add(unit);
        if (_waiting.Count == 1)
        {
            context.Post(_ => Commit(commit), null);
        }
    }

    public MemoryTurns Restart()
    {
        _leftBehind = true;
        _waiting.Clear();
        return new MemoryTurns(context);
    }

    private void Commit(Action<List<IUnitOfWork>> commit)
    {
        if (!_leftBehind)
        {
            (var group, _waiting) = (_waiting, []);
            commit(group);
        }
    }
}
