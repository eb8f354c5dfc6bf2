namespace DataToEvents.Emulator.Storage;

/// <summary>Runs units of work inside the open transaction. If one throws, only that one is rolled back.</summary>
/// <param name="connection">The database.</param>
/// <param name="undoGroup">
/// Takes back all changes of the group that runs from the database. It is slow and rare. A savepoint for each group would be slower in all, because SQLite copies each page
/// that is changed after a savepoint. Null for a database in memory, where each group has a savepoint.
/// </param>
internal sealed class GroupRun(DatabaseConnection connection, Action? undoGroup = null)
{
    /// <returns>The callers to complete when the group is durable.</returns>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The whole database failed. The state of its transaction is unknown.</exception>
    public GroupOutcome Run(IReadOnlyList<IUnitOfWork> units) => new(units, RunTogether(units) switch
    {
        (IsUndone: true, _) => [.. units.Select(unit => TryRun([unit]))],
        (_, var faults) => faults,
    });

    private (bool IsUndone, Exception?[]? Faults) RunTogether(IReadOnlyList<IUnitOfWork> units) =>
        undoGroup is null ? (TryRun(units) is not null, null) : RunWithoutSavepoint(units, undoGroup);

    /// <returns>Whether a unit threw after it had changed something, so that the group was undone; and the exceptions of units that threw before.</returns>
    private (bool IsUndone, Exception?[]? Faults) RunWithoutSavepoint(IReadOnlyList<IUnitOfWork> units, Action undo)
    {
        Exception?[]? faults = null;
        var start = connection.Redo!.Mark;
        for (var i = 0; i < units.Count; i++)
        {
            var before = connection.Redo.Mark;
            var fault = units[i].MayThrow ? TryRun([units[i]]) : Try(units[i]);
            if (fault is not null)
            {
                if (connection.Redo.Mark != before)
                {
                    connection.Redo.Undo(start);
                    undo();
                    return (true, null);
                }

                (faults ??= new Exception?[units.Count])[i] = fault;
            }
        }

        return (false, faults);
    }

    /// <summary>Runs all or none.</summary>
    /// <returns>The exception of the one that threw, or null.</returns>
    private Exception? TryRun(IReadOnlyList<IUnitOfWork> units)
    {
        var mark = connection.Redo?.Mark;
        Exception? fault = null;
        connection.Apply("SAVEPOINT work");
        for (var i = 0; i < units.Count && fault is null; i++)
        {
            fault = Try(units[i]);
        }

        if (fault is not null)
        {
            connection.Apply("ROLLBACK TO work");
            if (mark is { } place)
            {
                connection.Redo!.Undo(place);
            }
        }

        connection.Apply("RELEASE work");
        return fault;
    }

    private Exception? Try(IUnitOfWork unit)
    {
        try
        {
            unit.Run(connection);
            return null;
        }
#pragma warning disable CA1031 // Not swallowed: it comes out of the task of the unit of work.
        catch (Exception thrown) when (!DatabaseFaultException.IsOne(thrown))
#pragma warning restore CA1031
        {
            return thrown;
        }
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
