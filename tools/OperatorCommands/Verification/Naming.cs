using Microsoft.Data.Sqlite;

namespace DataToEvents.Operator.Verification;

/// <summary>Names events and places in findings.</summary>
internal static class Naming
{
    /// <summary>The columns by which <see cref="Event"/> names an event, of a row <c>s</c> of what was sent.</summary>
    public const string Columns = "s.stream, coalesce(s.id, ''), s.record, s.event, s.position";

    public static string Event(SqliteDataReader row)
    {
        var id = row.GetString(1);
        var what = row.GetInt32(3) == LedgerEntry.WholeRecord ? "the record as a whole" : id.Length > 0 ? $"event {id}" : "an event without an id";
        return string.Create(CultureInfo.InvariantCulture, $"{what} of stream {row.GetString(0)} (record {row.GetInt64(2)}, position {row.GetInt64(4)})");
    }

    public static string Place(string place, long line) => line > 0 ? string.Create(CultureInfo.InvariantCulture, $"{place}, line {line}") : place;

    public static string Of(FoundAt hop) => hop switch
    {
        FoundAt.Lake => "the lake",
        FoundAt.Store => "the store",
        FoundAt.Bus => "the audit queue",
        FoundAt.View => "the consumer's view",
        _ => "a place for what was set aside",
    };
}
