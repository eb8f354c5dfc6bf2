namespace DataToEvents.Emulator.Storage;

/// <summary>The writer of a database in memory: units of work that come in one turn of a context are committed together in a later turn.</summary>
internal sealed class MemoryTurns(SynchronizationContext context)
{
    private List<IUnitOfWork> _waiting = [];
    private bool _isRestarted;

    public void Add(IUnitOfWork unit, Action<List<IUnitOfWork>> commit)
    {
        if (_isRestarted)
        {
            return;
        }

        _waiting.Add(unit);
        if (_waiting.Count == 1)
        {
            context.Post(_ => Commit(commit), null);
        }
    }

    /// <summary>Drops the work that is waiting, and takes no more.</summary>
    /// <returns>The writer that takes over.</returns>
    public MemoryTurns Restart()
    {
        _isRestarted = true;
        _waiting.Clear();
        return new MemoryTurns(context);
    }

    private void Commit(Action<List<IUnitOfWork>> commit)
    {
        if (!_isRestarted)
        {
            (var group, _waiting) = (_waiting, []);
            commit(group);
        }
    }
}
