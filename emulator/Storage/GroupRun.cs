namespace DataToEvents.Emulator.Storage;

/// <summary>
/// Runs units of work inside the open transaction: together first, because a savepoint each costs more than the work itself, and once more one by
/// one when any of them threw, so that it alone is rolled back.
/// </summary>
internal sealed class GroupRun(DatabaseConnection connection)
{
    /// <returns>Whom to tell, once what stands is durable.</returns>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The database as a whole failed: nothing is known of its transaction.</exception>
    public GroupOutcome Run(IReadOnlyList<IUnitOfWork> units)
    {
        var outcome = new GroupOutcome(units.Count);
        if (!TryTogether(units, outcome))
        {
            foreach (var unit in units)
            {
                RunAlone(unit, outcome);
            }
        }

        return outcome;
    }

    private bool TryTogether(IReadOnlyList<IUnitOfWork> units, GroupOutcome outcome)
    {
        var mark = connection.Redo?.Mark;
        connection.Apply("SAVEPOINT work");
        try
        {
            foreach (var unit in units)
            {
                unit.Run(connection);
                outcome.Add(unit, null);
            }
        }
#pragma warning disable CA1031 // Not swallowed: the unit throws again when it runs alone.
        catch (Exception fault) when (!DatabaseFaultException.IsOne(fault))
#pragma warning restore CA1031
        {
            outcome.Clear();
            RollBack(mark);
        }

        connection.Apply("RELEASE work");
        return outcome.Count == units.Count;
    }

    private void RunAlone(IUnitOfWork unit, GroupOutcome outcome)
    {
        var mark = connection.Redo?.Mark;
        connection.Apply("SAVEPOINT work");
        try
        {
            unit.Run(connection);
            outcome.Add(unit, null);
        }
#pragma warning disable CA1031 // Not swallowed: the unit's task carries it.
        catch (Exception fault) when (!DatabaseFaultException.IsOne(fault))
#pragma warning restore CA1031
        {
            outcome.Add(unit, fault);
            RollBack(mark);
        }

        connection.Apply("RELEASE work");
    }

    private void RollBack((int Length, int Statements)? mark)
    {
        connection.Apply("ROLLBACK TO work");
        if (mark is { } place)
        {
            connection.Redo!.Undo(place);
        }
    }
}
