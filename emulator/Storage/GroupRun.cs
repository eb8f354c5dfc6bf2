namespace DataToEvents.Emulator.Storage;

/// <summary>
/// Runs units of work inside the open transaction. It first runs all under one savepoint, because a savepoint costs more than most work. If one
/// throws, it runs them again one by one, so that only that one is rolled back.
/// </summary>
internal sealed class GroupRun(DatabaseConnection connection)
{
    /// <returns>The callers to tell when the group is durable.</returns>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The whole database failed. The state of its transaction is unknown.</exception>
    public GroupOutcome Run(IReadOnlyList<IUnitOfWork> units) =>
        new(units, TryRun(units) is null ? null : [.. units.Select(unit => TryRun([unit]))]);

    /// <summary>Runs all or none.</summary>
    /// <returns>The exception of the one that threw, or null.</returns>
    private Exception? TryRun(IReadOnlyList<IUnitOfWork> units)
    {
        var mark = connection.Redo?.Mark;
        Exception? fault = null;
        connection.Apply("SAVEPOINT work");
        try
        {
            foreach (var unit in units)
            {
                unit.Run(connection);
            }
        }
#pragma warning disable CA1031 // Not swallowed: it comes out of the task of the unit of work.
        catch (Exception thrown) when (!DatabaseFaultException.IsOne(thrown))
#pragma warning restore CA1031
        {
            fault = thrown;
            connection.Apply("ROLLBACK TO work");
            if (mark is { } place)
            {
                connection.Redo!.Undo(place);
            }
        }

        connection.Apply("RELEASE work");
        return fault;
    }
}

/// <summary>The units of work of one group, in their order.</summary>
/// <param name="units">The units of work.</param>
/// <param name="faults">For each the exception that it threw, or null; null: none threw.</param>
internal sealed class GroupOutcome(IReadOnlyList<IUnitOfWork> units, Exception?[]? faults)
{
    /// <summary>Tells the callers their results, when the group is durable.</summary>
    public void Complete()
    {
        for (var i = 0; i < units.Count; i++)
        {
            if (faults?[i] is { } fault)
            {
                units[i].Fail(fault);
            }
            else
            {
                units[i].Complete();
            }
        }
    }

    /// <summary>Tells the callers that the group is not known to be durable.</summary>
    public void Fail(Exception fault)
    {
        foreach (var unit in units)
        {
            unit.Fail(fault);
        }
    }
}
