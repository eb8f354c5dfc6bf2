using SQLitePCL;

namespace DataToEvents.Emulator.Storage;

/// <summary>The current row of a query. It is valid until the next row is read.</summary>
public readonly struct SqlRow
{
    private readonly sqlite3_stmt _statement;

    internal SqlRow(sqlite3_stmt statement) => _statement = statement;

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public long GetInt64(int column) => raw.sqlite3_column_int64(_statement, column);

    public int GetInt32(int column) => raw.sqlite3_column_int(_statement, column);

    public string GetString(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    public string? GetStringOrNull(int column) => IsNull(column) ? null : GetString(column);

    public byte[] GetBytes(int column) => raw.sqlite3_column_blob(_statement, column).ToArray();

    public byte[]? GetBytesOrNull(int column) => IsNull(column) ? null : GetBytes(column);

    internal object? GetValue(int column) => raw.sqlite3_column_type(_statement, column) switch
    {
        raw.SQLITE_NULL => null,
        raw.SQLITE_INTEGER => GetInt64(column),
        raw.SQLITE_TEXT => GetString(column),
        _ => GetBytes(column),
    };
}
