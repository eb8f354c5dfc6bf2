using SQLitePCL;

namespace DataToEvents.Emulator.Storage;

/// <summary>The one connection of a <see cref="Database"/>, which units of work use. Statements are prepared once and kept.</summary>
public sealed class DatabaseConnection : IDisposable
{
    private readonly sqlite3 _database;
    private readonly Dictionary<string, PreparedStatement> _prepared = [];

    internal DatabaseConnection(sqlite3 database) => _database = database;

    /// <summary>Gets a copy of each change; null for a database in memory.</summary>
    internal RedoBuffer? Redo { get; set; }

    /// <summary>Runs a statement and returns the number of rows that it changed. Parameters are positional: ?1, ?2, ...</summary>
    public int Execute(string sql, params ReadOnlySpan<SqlValue> parameters)
    {
        var statement = Start(sql, parameters);
        statement.Step();
        statement.Reset();
        return raw.sqlite3_changes(_database);
    }

    /// <summary>The first column of the first row, or null when there is no row.</summary>
    public object? Scalar(string sql, params ReadOnlySpan<SqlValue> parameters)
    {
        var statement = Start(sql, parameters);
        var value = statement.Step() ? statement.Row.GetValue(0) : null;
        statement.Reset();
        return value;
    }

    /// <summary>Reads all rows into a list, so that no statement stays open after the unit of work.</summary>
    public List<T> Query<T>(string sql, Func<SqlRow, T> row, params ReadOnlySpan<SqlValue> parameters)
    {
        var statement = Start(sql, parameters);
        var rows = new List<T>();
        while (statement.Step())
        {
            rows.Add(row(statement.Row));
        }

        statement.Reset();
        return rows;
    }

    public void Dispose()
    {
        foreach (var statement in _prepared.Values)
        {
            statement.Dispose();
        }
    }

    /// <summary>Runs a statement whose change does not go to the redo log: one that is read from there, or one that no unit of work makes.</summary>
    internal void Apply(string sql, params ReadOnlySpan<SqlValue> parameters)
    {
        var statement = Prepare(sql);
        statement.Bind(parameters);
        while (statement.Step())
        {
            // A statement with RETURNING ends after its last row.
        }

        statement.Reset();
    }

    /// <summary>Takes back all changes since the last commit, and begins a transaction.</summary>
    internal void BeginAgain()
    {
        // A unit of work that threw may have left a statement open.
        foreach (var statement in _prepared.Values)
        {
            statement.Reset();
        }

        Apply("ROLLBACK");
        Apply("BEGIN IMMEDIATE");
    }

    private PreparedStatement Start(string sql, ReadOnlySpan<SqlValue> parameters)
    {
        var statement = Prepare(sql);
        statement.Bind(parameters);
        if (statement.Changes)
        {
            Redo?.Add(statement.Sql, parameters);
        }

        return statement;
    }

    private PreparedStatement Prepare(string sql)
    {
        if (!_prepared.TryGetValue(sql, out var statement))
        {
            _prepared.Add(sql, statement = new PreparedStatement(_database, sql));
        }

        return statement;
    }
}
