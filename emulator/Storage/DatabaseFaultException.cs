using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DataToEvents.Emulator.Storage;

/// <summary>The disk failed the database, which takes nothing any more. What was acknowledged is there at the next start, unless a file is damaged.</summary>
/// <param name="path">Of the SQLite file.</param>
/// <param name="fault">What the disk or SQLite said.</param>
public sealed class DatabaseFaultException(string path, Exception fault) : IOException($"The database {path} failed: {fault.Message}", fault)
{
    /// <summary>Whether it concerns the database as a whole, and not only the statement that met it: SQLite may have rolled back everything.</summary>
    internal static bool IsOne(Exception fault) => fault is SqliteException
    {
        SqliteErrorCode: raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_NOMEM,
    };
}
