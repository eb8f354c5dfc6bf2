using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DataToEvents.Emulator.Storage;

/// <summary>A prepared statement of SQLite. Only the thread that runs units of work may use it.</summary>
internal sealed class PreparedStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public PreparedStatement(sqlite3 database, string sql)
    {
        _database = database;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
        Sql = sql;
        Changes = raw.sqlite3_stmt_readonly(_statement) == 0;
    }

    public string Sql { get; }

    /// <summary>Whether the statement can change the database.</summary>
    public bool Changes { get; }

    /// <summary>Goes to the next row.</summary>
    /// <returns>False: no row is left.</returns>
    /// <exception cref="SqliteException">SQLite refused.</exception>
    public bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        if (code != raw.SQLITE_DONE)
        {
            var fault = Fault(code);
            Reset();
            throw fault;
        }

        return false;
    }

    public SqlRow Row => new(_statement);

    public void Reset() => _ = raw.sqlite3_reset(_statement);

    public void Bind(ReadOnlySpan<SqlValue> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            Check(Bind(i + 1, values[i]));
        }
    }

    public void Dispose() => _statement.Dispose();

    private int Bind(int index, in SqlValue value) => value.Kind switch
    {
        SqlKind.Number => raw.sqlite3_bind_int64(_statement, index, value.Number),
        SqlKind.Text => BindText(index, value.Text!),
        SqlKind.Bytes => value.Bytes.IsEmpty ? raw.sqlite3_bind_zeroblob(_statement, index, 0) : raw.sqlite3_bind_blob(_statement, index, value.Bytes.Span),
        _ => raw.sqlite3_bind_null(_statement, index),
    };

    private int BindText(int index, string text)
    {
        var utf8 = SharedArrays.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        var length = Encoding.UTF8.GetBytes(text, utf8);
        var code = raw.sqlite3_bind_text(_statement, index, utf8.AsSpan(0, length));
        SharedArrays.Return(utf8);
        return code;
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw Fault(code);
        }
    }

    private SqliteException Fault(int code) =>
        new($"SQLite error {code}: {raw.sqlite3_errmsg(_database).utf8_to_string()}", code, raw.sqlite3_extended_errcode(_database));
}
