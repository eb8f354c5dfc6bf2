using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DataToEvents.Emulator.Storage;

/// <summary>The disk has failed, and the database takes no more work. What was acknowledged is there at the next start, unless a file is damaged.</summary>
/// <param name="path">The path of the SQLite file.</param>
/// <param name="fault">The exception of the disk or of SQLite.</param>
public sealed class DatabaseFaultException(string path, Exception fault) : IOException($"The database {path} failed: {fault.Message}", fault)
{
    /// <summary>Whether a fault concerns the whole database and not only one statement. SQLite may then have rolled back the whole transaction.</summary>
    internal static bool IsOne(Exception fault) => fault is SqliteException
    {
        SqliteErrorCode: raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_NOMEM,
    };
}
