namespace DataToEvents.Adapters.Embedded.Storage;

/// <summary>
/// Runs units of work inside the open transaction: together first, because a savepoint each costs more than the work itself, and once more one by
/// one when any of them threw, so that it alone is rolled back.
/// </summary>
internal sealed class GroupRun(Session session)
{
    private readonly List<(UnitOfWork Unit, Exception? Fault)> _outcomes = [];

    public void Run(IReadOnlyList<UnitOfWork> units)
    {
        _outcomes.Clear();
        if (!TryTogether(units))
        {
            foreach (var unit in units)
            {
                RunAlone(unit);
            }
        }
    }

    /// <summary>Tells the units, in order, once what stands is durable.</summary>
    public void HandOut()
    {
        foreach (var (unit, fault) in _outcomes)
        {
            if (fault is null)
            {
                unit.Complete();
            }
            else
            {
                unit.Fail(fault);
            }
        }
    }

    private bool TryTogether(IReadOnlyList<UnitOfWork> units)
    {
        var mark = session.Redo?.Mark;
        session.Apply("SAVEPOINT work");
        try
        {
            foreach (var unit in units)
            {
                unit.Run(session);
                _outcomes.Add((unit, null));
            }
        }
#pragma warning disable CA1031 // Not swallowed: the unit throws again when it runs alone.
        catch (Exception)
#pragma warning restore CA1031
        {
            _outcomes.Clear();
            RollBack(mark);
        }

        session.Apply("RELEASE work");
        return _outcomes.Count == units.Count;
    }

    private void RunAlone(UnitOfWork unit)
    {
        var mark = session.Redo?.Mark;
        session.Apply("SAVEPOINT work");
        try
        {
            unit.Run(session);
            _outcomes.Add((unit, null));
        }
#pragma warning disable CA1031 // Not swallowed: the unit's task carries it.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _outcomes.Add((unit, fault));
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
