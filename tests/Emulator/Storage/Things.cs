using DataToEvents.Emulator.Storage;

namespace DataToEvents.Emulator.Tests.Storage;

/// <summary>A table of numbered texts.</summary>
internal static class Things
{
    public static Database Open(string path, IDisk? disk = null, long generationBytes = DurableWriter.GenerationBytes)
    {
        var database = Database.OpenFile(path, disk ?? new LocalDisk(), generationBytes);
        database.Define("CREATE TABLE IF NOT EXISTS things (id INTEGER PRIMARY KEY, text TEXT NOT NULL)");
        return database;
    }

    public static Task InsertAsync(this Database database, long id, string text) =>
        database.InTransactionAsync(connection => { connection.Execute("INSERT INTO things VALUES (?1, ?2)", id, text); });

    public static Task DeleteAsync(this Database database, long id) =>
        database.InTransactionAsync(connection => { connection.Execute("DELETE FROM things WHERE id = ?1", id); });

    public static Task<List<string>> RowsAsync(this Database database) =>
        database.InTransactionAsync(connection => connection.Query("SELECT id, text FROM things ORDER BY id", row => $"{row.GetInt64(0)}:{row.GetString(1)}"));

    public static Task<List<long>> IdsAsync(this Database database) =>
        database.InTransactionAsync(connection => connection.Query("SELECT id FROM things ORDER BY id", row => row.GetInt64(0)));

    public static string LogOf(string path) =>
        new[] { $"{path}-redo0", $"{path}-redo1" }.MaxBy(log => new FileInfo(log).Length)!;

    /// <summary>Copies the files of a database as a crash at this moment would leave them.</summary>
    public static string Copy(string path, string name)
    {
        var folder = Path.GetDirectoryName(path)!;
        var from = Path.GetFileName(path);
        foreach (var file in Directory.GetFiles(folder, $"{from}*"))
        {
            using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var target = File.Create(Path.Combine(folder, $"{name}.db{Path.GetFileName(file)[from.Length..]}"));
            source.CopyTo(target);
        }

        return Path.Combine(folder, $"{name}.db");
    }
}
