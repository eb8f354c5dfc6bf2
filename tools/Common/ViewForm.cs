using DataToEvents.Emulator.Storage;

namespace DataToEvents.Common;

/// <summary>How the consumer's view is kept in a data directory.</summary>
public enum ViewForm
{
    /// <summary>Functions in the host's process: rows of a database, quick.</summary>
    Rows,

    /// <summary>Functions as processes: items of a DynamoDB table, as on AWS.</summary>
    Items,
}

/// <summary>Which form a directory's view has, as the directory itself says.</summary>
public static class ViewFormNote
{
    private const string Schema = "CREATE TABLE IF NOT EXISTS view_form (only INTEGER PRIMARY KEY CHECK (only = 1), form TEXT NOT NULL)";

    /// <summary>Not from within a unit of work; before the others.</summary>
    public static void Define(Database database) => database.Define(Schema);

    public static async Task<ViewForm> ReadAsync(Database database) =>
        await database.InTransactionAsync(connection => connection.Scalar("SELECT form FROM view_form") as string) is { } form ? Enum.Parse<ViewForm>(form) : ViewForm.Rows;

    public static async Task WriteAsync(Database database, ViewForm form) =>
        await database.InTransactionAsync(connection => { connection.Execute("INSERT OR REPLACE INTO view_form (only, form) VALUES (1, ?1)", form.ToString()); });
}
