using DataToEvents.Adapters.Embedded;
using DataToEvents.Domain;
using DataToEvents.Emulator.Storage;
using DataToEvents.Emulator.Tables;

namespace DataToEvents.Common;

/// <summary>
/// The consumer's view as a host kept it until 29 November 2026 when its functions ran in process: rows of tables of its own. They become items when the directory is opened.
/// Applying an event twice has no effect, so that a move that was cut short is made again.
/// </summary>
internal static class EarlierView
{
    private const int PageSize = 100;

    public static async Task MoveAsync(Database database, ItemTable viewTable)
    {
        if (!await database.InTransactionAsync(static connection => connection.Scalar("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'view_event'") is not null))
        {
            return;
        }

        var view = new EmbeddedStreamView(viewTable, TimeProvider.System);
        for (var after = 0L; ;)
        {
            var start = after;
            var page = await database.InTransactionAsync(connection => connection.Query(
                "SELECT position, envelope FROM view_event WHERE position > ?1 ORDER BY position LIMIT ?2", row => (Position: row.GetInt64(0), Envelope: row.GetBytes(1)), start, PageSize));
            if (page.Count == 0)
            {
                break;
            }

            foreach (var (position, envelope) in page)
            {
                var applied = DataEvent.Parse(envelope);
                await view.ApplyAsync(applied, applied.StreamSequence ?? "0", CancellationToken.None);
                after = position;
            }
        }

        await database.InTransactionAsync(static connection =>
        {
            connection.Execute("DROP TABLE IF EXISTS view_form");
            connection.Execute("DROP TABLE IF EXISTS view_stream");
            connection.Execute("DROP TABLE IF EXISTS view_type");
            connection.Execute("DROP TABLE view_event");
        });
    }
}
