namespace DataToEvents.Adapters.Embedded.Storage;

/// <summary>
/// Runs units of work inside the open transaction: together first, because a savepoint each costs more than the work itself, and once more one by
/// one when any of them threw, so that it alone is rolled back.
/// </summary>
internal sealed class GroupRun(Session session)
{
    private readonly List<(UnitOfWork Unit, Exception Fault)> _failed = [];
    private readonly List<UnitOfWork> _done = [];

    /// <summary>Those that stand, in order.</summary>
    public IReadOnlyList<UnitOfWork> Done => _done;

    public void Run(IReadOnlyList<UnitOfWork> units)
    {
        _failed.Clear();
        _done.Clear();
        if (!TryTogether(units))
        {
            foreach (var unit in units)
            {
                RunAlone(unit);
            }
        }
    }

    /// <summary>Hands the exceptions out.</summary>
    public void FailOthers() => _failed.ForEach(static failed => failed.Unit.Fail(failed.Fault));

    private bool TryTogether(IReadOnlyList<UnitOfWork> units)
    {
        var mark = session.Redo?.Mark;
        session.Apply("SAVEPOINT work");
        try
        {
            foreach (var unit in units)
            {
                unit.Run(session);
                _done.Add(unit);
            }
        }
#pragma warning disable CA1031 // Not swallowed: the unit throws again when it runs alone.
        catch (Exception)
#pragma warning restore CA1031
        {
            _done.Clear();
            RollBack(mark);
        }

        session.Apply("RELEASE work");
        return _done.Count == units.Count;
    }

    private void RunAlone(UnitOfWork unit)
    {
        var mark = session.Redo?.Mark;
        session.Apply("SAVEPOINT work");
        try
        {
            unit.Run(session);
            _done.Add(unit);
        }
#pragma warning disable CA1031 // Not swallowed: the unit's task carries it.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _failed.Add((unit, fault));
            RollBack(mark);
        }

        session.Apply("RELEASE work");
    }

    private void RollBack((int Length, int Statements)? mark)
    {
        session.Apply("ROLLBACK TO work");
        if (mark is { } place)
        {
            session.Redo!.Undo(place);
        }
    }
}
