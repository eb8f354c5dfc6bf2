using DataToEvents.Emulator.Storage;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DataToEvents.Common;

/// <summary>Why a host over a data directory cannot go on, in one line: what failed, where, and what to do.</summary>
public static class DiskFault
{
    private const int NoSpace = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int Quota = 122;
    private const int NoSpaceOnWindows = unchecked((int)0x80070070);

    private const string Kept = "What was acknowledged is there.";
    private const string FromTheLake = "Bring a backup of the data directory back; or move this one aside, begin with an empty one, and feed it the lines of the old one's lake, which keep their ids.";

    /// <summary>Whether the disk or a file on it is to blame, and not the program.</summary>
    public static bool IsOne(Exception fault) => fault is IOException or UnauthorizedAccessException or SqliteException;

    /// <param name="fault">Which <see cref="IsOne"/>.</param>
    /// <param name="data">The data directory.</param>
    public static string Line(Exception fault, DirectoryInfo data) => fault is SqliteException { SqliteErrorCode: raw.SQLITE_BUSY or raw.SQLITE_LOCKED }
        ? $"The data directory {data.FullName} is in use by another host. Stop that one, or name another directory with --data."
        : $"The data directory {data.FullName} cannot be used: {fault.Message.ReplaceLineEndings(" ").TrimEnd('.')}. {Advice(fault is DatabaseFaultException ? fault.InnerException! : fault, data)}";

    private static string Advice(Exception fault, DirectoryInfo data) => fault switch
    {
        DamagedLogException => $"{FromTheLake} To go on without what the log held, remove {Path.Combine(data.FullName, DataDirectory.DatabaseFile)}-redo0 and -redo1.",
        SqliteException { SqliteErrorCode: raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB } => FromTheLake,
        IOException { HResult: NoSpace or NoSpaceOnWindows or Quota } or SqliteException { SqliteErrorCode: raw.SQLITE_FULL } => $"Make room and start again. {Kept}",
        UnauthorizedAccessException or IOException { HResult: ReadOnlyFileSystem } or SqliteException { SqliteErrorCode: raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN } =>
            $"Make it a directory that this user may write to and start again. {Kept}",
        _ => $"See to the disk and start again. {Kept}",
    };
}
